using Chatbot.Api.Answering.Extractive;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>A sentence, row or item of a passage, with what can be compared.</summary>
internal sealed class SourceSpan
{
    private SourceSpan(Passage passage, string text)
    {
        (Passage, Text) = (passage, text);
        Terms = TermsOf(text, passage.Chunk.Language);
        Figures = Grounding.Figures.In(text);
    }

    public Passage Passage { get; }

    public string Text { get; }

    /// <summary>Its words without those that say nothing, and without figures, which are compared by themselves.</summary>
    public HashSet<string> Terms { get; }

    public HashSet<string> Figures { get; }

    /// <summary>Its own words with those right before and after it, and of its headings: what a sentence about it may use.</summary>
    public HashSet<string> Around { get; private set; } = [];

    /// <summary>Empty until it is asked for.</summary>
    public ReadOnlyMemory<float> Vector { get; set; }

    public static IReadOnlyList<SourceSpan> Of(Passage passage)
    {
        // Each row of a table by itself: another row's figure is another matter's.
        var spans = UnitSplitter.Split(passage.Text, passage.Chunk.Language)
            .SelectMany(unit => unit.StandsAlone ? unit.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [unit.Text])
            .Select(text => new SourceSpan(passage, text))
            .ToList();
        var above = TermsOf(string.Join('\n', passage.Chunk.HeadingPath.Append(passage.Chunk.Title ?? "")), passage.Chunk.Language);
        for (var i = 0; i < spans.Count; i++)
        {
            var around = new HashSet<string>(above, StringComparer.Ordinal);
            for (var near = Math.Max(0, i - 1); near <= Math.Min(spans.Count - 1, i + 1); near++) around.UnionWith(spans[near].Terms);
            spans[i].Around = around;
        }

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
