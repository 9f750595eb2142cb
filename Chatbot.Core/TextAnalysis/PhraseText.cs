using System.Text;

namespace Chatbot.Core.TextAnalysis;

/// <summary>Texts for comparison word by word: folded, one blank for whatever stands between two words.</summary>
internal static class PhraseText
{
    /// <param name="german">Makes <c>ae oe ue</c> one with <c>ä ö ü</c>, as the stemmer does.</param>
    public static string Of(string text, bool german)
    {
        var folded = Folding.Fold(text);
        var words = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var found = CharClasses.At(folded, i, out var length);
            if (found is CharClass.Letter or CharClass.Digit or CharClass.Dense)
            {
                // "安装PostgreSQL" and "安装 PostgreSQL" are both usual.
                if (words.Length > 0 && words[^1] != ' ' && (found == CharClass.Dense) != (CharClasses.Of(words[^1]) == CharClass.Dense)) words.Append(' ');
                words.Append(folded, i, length);
                if (german && IsUmlaut(folded, i)) i++;
            }
            else if (IsNameEnding(folded, i)) words.Append(folded[i]);
            else if (found != CharClass.Ignorable && words.Length > 0 && words[^1] != ' ') words.Append(' ');
            i += length - 1;
        }

        return words.ToString().TrimEnd();
    }

    public static bool Contains(string text, string phrase)
    {
        if (phrase.Length == 0) return false;
        for (var at = 0; (at = text.IndexOf(phrase, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (IsBoundary(text, at - 1, at) && IsBoundary(text, at + phrase.Length, at + phrase.Length - 1)) return true;
        }

        return false;
    }

    // Scripts without blanks have a boundary at every character.
    private static bool IsBoundary(string text, int outside, int inside) =>
        outside < 0 || outside >= text.Length || text[outside] == ' '
        || CharClasses.Of(text[outside]) == CharClass.Dense || CharClasses.Of(text[inside]) == CharClass.Dense;

    // The signs of C++, C# and the like belong to the name.
    private static bool IsNameEnding(string text, int i)
    {
        if (text[i] is not ('+' or '#') || i == 0 || char.IsWhiteSpace(text[i - 1])) return false;
        var end = i + 1;
        while (end < text.Length && text[end] is '+' or '#') end++;
        return end == text.Length || !char.IsLetterOrDigit(text[end]);
    }

    // "ue" after a vowel or q is no ü: neue, Bauer, Quelle.
    private static bool IsUmlaut(string text, int i) =>
        i + 1 < text.Length && text[i + 1] == 'e'
        && (text[i] is 'a' or 'o' || (text[i] == 'u' && (i == 0 || !"aeiouyq".Contains(text[i - 1]))));
}
