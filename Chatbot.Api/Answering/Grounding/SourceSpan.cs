using Chatbot.Api.Answering.Extractive;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>A sentence, row or item of a passage, with what can be compared.</summary>
internal sealed class SourceSpan
{
    private readonly HashSet<string> _above;
    private SourceSpan? _before, _after;

    private SourceSpan(Passage passage, string text, HashSet<string> above)
    {
        (Passage, Text, _above) = (passage, text, above);
        Terms = TermsOf(text, passage.Chunk.Language);
        Figures = Grounding.Figures.In(text);
    }

    public Passage Passage { get; }

    public string Text { get; }

    /// <summary>Its words without those that say nothing, and without figures, which are compared by themselves.</summary>
    public HashSet<string> Terms { get; }

    public HashSet<string> Figures { get; }

    /// <summary>Empty until it is asked for.</summary>
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>Whether a word is its own, of what is right before or after it, or of its headings: what a sentence about it may use.</summary>
    // Looked for where it stands: sets of all of them would be kept for as long as an answer streams.
    public bool IsAround(string term) => Terms.Contains(term) || _above.Contains(term) || _before?.Terms.Contains(term) == true || _after?.Terms.Contains(term) == true;

    public static IReadOnlyList<SourceSpan> Of(Passage passage)
    {
        var above = TermsOf(string.Join('\n', passage.Chunk.HeadingPath.Append(passage.Chunk.Title ?? "")), passage.Chunk.Language);
        // Each row of a table by itself: another row's figure is another matter's.
        var spans = UnitSplitter.Split(passage.Text, passage.Chunk.Language)
            .SelectMany(unit => unit.StandsAlone ? unit.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [unit.Text])
            .Select(text => new SourceSpan(passage, text, above))
            .ToList();
        for (var i = 1; i < spans.Count; i++) (spans[i]._before, spans[i - 1]._after) = (spans[i - 1], spans[i]);
        return spans;
    }

    public static HashSet<string> TermsOf(string text, string? language)
    {
        var analyzer = TextAnalyzer.For(language);
        var terms = new List<Term>();
        analyzer.Analyze(text, terms);
        var known = analyzer.Language ?? "en";
        return [.. terms
            .Where(term => term.Kind is not TermKind.Part && !char.IsAsciiDigit(term.Text[0]) && !StopWords.Contains(known, Folding.Fold(text.AsSpan(term.Start, term.Length))))
            .Select(term => term.Text)];
    }
}
