using System.Buffers;

namespace Chatbot.Core.TextAnalysis;

/// <summary>One way of writing numbers: 1.234,56 and 1,234.56 and 1234,56 are 1234.56; 1,600 is 1600; 3,5 is 3.5.</summary>
internal static class PlainNumber
{
    private static readonly SearchValues<char> Written = SearchValues.Create("0123456789.,");

    /// <summary>The number without groups and with a decimal point; null when it is none, or when it is written like that already.</summary>
    public static string? Of(ReadOnlySpan<char> token)
    {
        if (!char.IsAsciiDigit(token[0]) || token.ContainsAnyExcept(Written)) return null;
        var last = token.LastIndexOfAny('.', ',');
        if (last < 0) return null;
        var whole = token[..last];
        var groups = whole.IndexOfAny('.', ',');
        // A single kind of separator groups when it can: 1.600 is sixteen hundred. More dots than that make a version or a date.
        if (IsGrouped(token, token[last])) return Digits(token);
        if (groups < 0) return token[last] == '.' ? null : $"{whole}.{token[(last + 1)..]}";
        return whole[groups] != token[last] && IsGrouped(whole, whole[groups]) ? $"{Digits(whole)}.{token[(last + 1)..]}" : null;
    }

    private static bool IsGrouped(ReadOnlySpan<char> number, char separator)
    {
        var first = number.IndexOfAny('.', ',');
        if (first is < 1 or > 3 || (number.Length - first) % 4 != 0) return false;
        for (var i = first; i < number.Length; i++)
        {
            if ((i - first) % 4 == 0 ? number[i] != separator : !char.IsAsciiDigit(number[i])) return false;
        }

        return true;
    }

    private static string Digits(ReadOnlySpan<char> number) => string.Concat(number.ToString().Where(char.IsAsciiDigit));
}
