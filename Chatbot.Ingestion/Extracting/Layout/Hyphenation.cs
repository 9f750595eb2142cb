using System.Text.RegularExpressions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>
/// Joins lines to running text: a word that was divided at the end of a line is one again, a hyphen that belongs to the
/// word stays. What a document writes elsewhere decides; else its next letter does. Not safe for concurrent use.
/// </summary>
internal sealed partial class Hyphenation
{
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Learns how words are written where no line ends in them.</summary>
    public void Learn(string line)
    {
        foreach (var match in Word().EnumerateMatches(line))
        {
            // A word at the end may be half of one.
            if (match.Index + match.Length < line.Length && match.Length is > 3 and < 60) _words.Add(line.Substring(match.Index, match.Length));
        }
    }

    /// <returns>Both texts as one; either may be empty.</returns>
    public string Join(string text, string next)
    {
        if (text.Length == 0) return next;
        if (next.Length == 0) return text;
        var last = text[^1];
        if ((last is '-' or '\u2010' or '\u00AC') && text.Length > 1 && char.IsLetter(text[^2])) return JoinDivided(text, next);
        // "2023-" "2024", "https://…/" "path".
        if (text.Length > 1 && !char.IsWhiteSpace(text[^2]) && (last == '-' || (last == '/' && IsAddress(text[(LastBlank(text) + 1)..])))) return text + next;
        // Between two characters of Chinese or Japanese a line end is nothing.
        if (Glyphs.IsDense(last) && Glyphs.IsDense(next[0])) return text + next;
        return $"{text} {next}";
    }

    private string JoinDivided(string text, string next)
    {
        var stem = text[..^1];
        var left = stem[(LastBlank(stem) + 1)..];
        // An address is divided at hyphens of its own.
        if (IsAddress(left)) return text + next;
        if (!char.IsLower(next[0])) return text[^1] == '\u00AC' && char.IsLetter(next[0]) ? stem + next : text[..^1] + '-' + next;
        var match = Word().Match(next);
        var right = match.Success && match.Index == 0 ? match.Value : "";
        // "Strom- und Gaspreise": the hyphen stands for the rest of the second word.
        if (Conjunctions.Contains(right) && !_words.Contains(LastWord(left) + right)) return $"{stem}- {next}";
        var first = LastWord(left);
        if (_words.Contains($"{first}-{right}")) return $"{stem}-{next}";
        if (_words.Contains(first + right)) return stem + next;
        // "E-Mail", "x-ray", "self-service": nobody divides after a single letter.
        return first.Length == 1 || Prefixes.Contains(first) ? $"{stem}-{next}" : stem + next;
    }

    private static readonly HashSet<string> Conjunctions = new(StringComparer.Ordinal)
    {
        "und", "oder", "bzw", "sowie", "and", "or", "och", "og",
    };

    // English ones that nearly always keep their hyphen, and are hardly ever the first half of another word.
    private static readonly HashSet<string> Prefixes = new(StringComparer.OrdinalIgnoreCase) { "self", "non", "well", "quasi", "ex" };

    private static bool IsAddress(string word) =>
        word.Contains("://", StringComparison.Ordinal) || word.Contains("www.", StringComparison.OrdinalIgnoreCase) || word.Contains('@', StringComparison.Ordinal);

    private static int LastBlank(string text) => text.LastIndexOf(' ');

    private static string LastWord(string text)
    {
        var start = text.Length;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '-' or '\'' or '’')) start--;
        return text[start..];
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’]*(?:-\p{L}[\p{L}\p{M}'’]*)*")]
    private static partial Regex Word();
}
