namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Telephone and account numbers are written in groups, everyone's own: (030) 123 45-67 is 0301234567, DE89 3704 0044 0532
/// is DE8937040044. Gives them in one piece. Other numbers side by side, as in tables, are left alone.
/// </summary>
internal static class SpacedNumbers
{
    // Of a telephone number at least what a town has, at most E.164's 15; of an account ISO 13616's 15 to 34.
    private const int FewestDigits = 7, MostDigits = 15, ShortestAccount = 15, LongestAccount = 34;

    private const int MostBetween = 3;

    /// <summary>The number in one piece that begins with this token, in lower case; null when none does.</summary>
    /// <param name="text">What the token stands in.</param>
    /// <param name="end">Where the number ends; the token's end when there is none.</param>
    public static string? At(ReadOnlySpan<char> text, int start, int length, out int end)
    {
        var tokenEnd = end = start + length;
        var isAccount = IsAccount(text.Slice(start, length));
        var isInternational = start > 0 && text[start - 1] == '+';
        if (!isAccount && !isInternational && text[start] != '0') return null;
        var groups = 0;
        // 0049 is +49, in one piece, too.
        if (!isAccount && !isInternational && text[start..].StartsWith("00"))
        {
            isInternational = true;
            (start, groups) = (start + 2, 1);
        }

        Span<char> joined = stackalloc char[LongestAccount];
        int count = 0, between = 0;
        for (var i = start; i < text.Length && count < LongestAccount; i++)
        {
            var c = text[i];
            // The (0) of +49 (0)30 is not dialled.
            if (isInternational && text[i..].StartsWith("(0)")) (i, between) = (i + 2, 0);
            else if (char.IsAsciiDigit(c) || (isAccount && i < start + 2))
            {
                if (count == 0 || !char.IsAsciiDigit(text[i - 1])) groups++;
                joined[count++] = char.ToLowerInvariant(c);
                (end, between) = (i + 1, 0);
            }
            else if (++between > MostBetween || !IsBetween(c, isAccount)) break;
        }

        var isWhole = end >= tokenEnd && (end == text.Length || !char.IsLetterOrDigit(text[end]));
        var isLongEnough = isAccount ? count >= ShortestAccount : count is >= FewestDigits and <= MostDigits;
        if (isWhole && groups > 1 && isLongEnough) return joined[..count].ToString();
        end = tokenEnd;
        return null;
    }

    private static bool IsBetween(char c, bool isAccount) => c is ' ' or '\u00A0' or '\u202F' || (!isAccount && c is '-' or '/' or '(' or ')' or '\u2011' or '\u2013');

    // Two letters and two check digits before groups of digits: IBAN (ISO 13616) of the countries that use digits alone.
    private static bool IsAccount(ReadOnlySpan<char> token) =>
        token.Length == 4 && char.IsAsciiLetterUpper(token[0]) && char.IsAsciiLetterUpper(token[1]) && char.IsAsciiDigit(token[2]) && char.IsAsciiDigit(token[3]);
}
