using System.Text.RegularExpressions;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Evaluations.Golden;

/// <summary>Finds in the chunks of a page what can be asked of it: headings, terms that are explained, else its title. Pure.</summary>
internal static partial class PageSubjects
{
    // So that a glossary does not fill a set by itself.
    private const int MostTerms = 5;

    private const int LongestHeading = 90;
    private const int LongestPhrase = 160;
    private const int ShortestPhrase = 15;

    // "Monday: 8 to 12 o'clock" explains nothing.
    private const int FewestWords = 5, FewestChineseCharacters = 12;

    /// <returns>In the order of the page, each once.</returns>
    public static IReadOnlyList<PageSubject> Find(IReadOnlyList<Chunk> chunks)
    {
        var found = new List<PageSubject>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var chunk in chunks)
        {
            if (chunk.HeadingPath is [.., { Length: > 0 and <= LongestHeading } heading] && known.Add(heading) && PhraseOf(chunk.Text, chunk.Language) is { } phrase)
                found.Add(new(chunk, heading, heading.TrimEnd()[^1] is '?' or '？' ? SubjectKind.Question : SubjectKind.Heading, phrase, chunk.Text));
            foreach (var (term, line, explained) in Terms(chunk))
                if (found.Count(one => one.Kind == SubjectKind.Term) < MostTerms && known.Add(term)) found.Add(new(chunk, term, SubjectKind.Term, explained, line));
        }

        if (found.Count == 0 && chunks is [var first, ..] && first.Title?.Trim() is { Length: > 0 and <= LongestHeading } title && PhraseOf(first.Text, first.Language) is { } opening)
            found.Add(new(first, title, SubjectKind.Heading, opening, first.Text));
        return found;
    }

    /// <returns>The first sentence of a text where it is fit to be looked for in answers; else null.</returns>
    public static string? PhraseOf(string text, string? language)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(candidate => candidate.Length >= ShortestPhrase);
        if (line is null || line.Contains('|', StringComparison.Ordinal)) return null;
        var ranges = Sentences.Split(line, language);
        var sentence = (ranges.Count == 0 ? line : line[ranges[0]]).Trim();
        return sentence.Length is >= ShortestPhrase and <= LongestPhrase ? sentence : null;
    }

    // One line of this form may be anything ("Note: …"); two in a row are a list of terms.
    private static IEnumerable<(string Term, string Line, string Phrase)> Terms(Chunk chunk)
    {
        var lines = chunk.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var entries = lines.Select(line => Entry.Match(line)).ToList();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!IsEntry(i) || !(IsEntry(i - 1) || IsEntry(i + 1))) continue;
            if (PhraseOf(entries[i].Groups["explained"].Value, chunk.Language) is { } phrase) yield return (entries[i].Groups["term"].Value, lines[i], phrase);
        }

        bool IsEntry(int at) => at >= 0 && at < entries.Count && entries[at].Success && Explains(entries[at].Groups["explained"].Value);
    }

    private static bool Explains(string text) =>
        text.Count(sign => sign is >= '\u4E00' and <= '\u9FFF') >= FewestChineseCharacters || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords;

    // As extraction writes definitions: "term: definition".
    [GeneratedRegex(@"^(?<term>[^\s:：.!?|][^:：.!?|]{1,58}[^\s:：.!?|])[:：]\s*(?<explained>\S.*)$")]
    private static partial Regex Entry { get; }
}

/// <summary>Something that can be asked of a page.</summary>
/// <param name="Subject">A heading or a term.</param>
/// <param name="Phrase">What a right answer holds.</param>
/// <param name="Text">What a question about it is worded from.</param>
internal sealed record PageSubject(Chunk Chunk, string Subject, SubjectKind Kind, string Phrase, string Text);

internal enum SubjectKind
{
    /// <summary>A heading that is a question already.</summary>
    Question,
    Heading,

    /// <summary>Of a list of terms with what they mean.</summary>
    Term,
}
