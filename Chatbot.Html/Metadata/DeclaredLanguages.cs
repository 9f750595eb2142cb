using System.Globalization;

namespace Chatbot.Html;

internal static class DeclaredLanguages
{
    /// <returns>The two-letter code of a language tag (<c>de-AT</c>, <c>en_US</c>); null when it is none.</returns>
    public static string? TwoLetters(string? tag)
    {
        if (tag is null) return null;
        var code = tag.AsSpan().Trim();
        var end = code.IndexOfAny("-_, ;");
        if (end >= 0) code = code[..end];
        if (code.Length is not (2 or 3) || code.ContainsAnyExcept(Letters)) return null;
        var lower = code.ToString().ToLowerInvariant();
        if (lower.Length == 2) return lower;
        // Three-letter codes (deu, zho) have a two-letter one where the platform knows the language.
        var two = CultureInfo.GetCultureInfo(lower).TwoLetterISOLanguageName;
        return two.Length == 2 && two != "iv" ? two : null;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
