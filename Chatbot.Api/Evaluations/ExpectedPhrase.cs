using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Api.Evaluations;

/// <summary>Looks for expected phrases: verbatim, but for the form of characters, kinds of white space, and what cannot be seen. Pure.</summary>
internal static partial class ExpectedPhrase
{
    public static bool IsIn(IReadOnlyList<string> phrases, string text)
    {
        if (phrases.Count == 0) return false;
        var folded = Fold(text);
        return phrases.Any(phrase => folded.Contains(Fold(phrase), StringComparison.Ordinal));
    }

    // PDF files have curly quotes where people type straight ones.
    private static string Fold(string text) => Blanks().Replace(Invisible().Replace(text.Normalize(NormalizationForm.FormKC), ""), " ")
        .Replace('\u2018', '\'').Replace('\u2019', '\'').Replace('\u201C', '"').Replace('\u201D', '"').Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("[\u200B-\u200D\u2060\uFEFF\u00AD]")]
    private static partial Regex Invisible();
}
