using System.Text.RegularExpressions;

namespace Chatbot.Core.Extractions;

/// <summary>
/// Where a link of a page may lead a reader: pages, mail addresses and telephone numbers. What pages write there is
/// hostile: everything else, scripts above all, is no link. Pure.
/// </summary>
public static partial class LinkTarget
{
    /// <summary>Characters of an address at most.</summary>
    public const int Longest = 2_000;

    /// <summary>Whether a reference, as a page has it, may be resolved later: not empty, not within its page, of no other scheme.</summary>
    /// <returns>It without what browsers leave out; null when it leads nowhere.</returns>
    public static string? Clean(string? reference)
    {
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > Longest) return null;
        // Browsers drop control characters anywhere: "java\nscript:" is a script to them.
        var text = string.Concat(reference.Where(c => !char.IsControl(c))).Trim();
        if (text.Length == 0 || text[0] == '#') return null;
        return Scheme().Match(text) is { Success: true } scheme && scheme.Groups[1].Value.ToLowerInvariant() is not ("http" or "https" or "mailto" or "tel") ? null : text;
    }

    /// <returns>An absolute address of http, https, mailto or tel without quotes, blanks or angle brackets; null when it is none.</returns>
    /// <param name="base">What relative references are relative to; null when that is not known.</param>
    public static string? Resolve(Uri? @base, string reference)
    {
        if (Clean(reference) is not { } text) return null;
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) return Mail(text["mailto:".Length..]);
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) return Telephone(text["tel:".Length..]);
        var isAbsolute = IsAbsolute(text);
        if (!isAbsolute && @base?.Scheme is not ("http" or "https")) return null;
        if (!(isAbsolute ? Uri.TryCreate(text, UriKind.Absolute, out var url) : Uri.TryCreate(@base, text, out url))) return null;
        // "https://bank.example@evil.example" looks like the bank.
        if (url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.UserInfo.Length > 0 || url.AbsoluteUri.Length > Longest) return null;
        return Apart(url, @base) ? url.AbsoluteUri.Replace("'", "%27", StringComparison.Ordinal) : null;
    }

    /// <summary>Whether a reference names its scheme.</summary>
    public static bool IsAbsolute(string reference) => Scheme().IsMatch(reference);

    /// <summary>Whether a stored address is one that <see cref="Resolve"/> may have given.</summary>
    public static bool IsSafe(string url) => Resolve(null, url) == url;

    // To another place of the page that is being read.
    private static bool Apart(Uri url, Uri? page) => url.Fragment.Length == 0 || page is null || url.GetLeftPart(UriPartial.Query) != page.GetLeftPart(UriPartial.Query);

    // Subject, text and hidden recipients are not for a page to choose.
    private static string? Mail(string address)
    {
        var name = Uri.UnescapeDataString(address.Split('?')[0]).Trim();
        return MailAddress().IsMatch(name) ? "mailto:" + name : null;
    }

    private static string? Telephone(string number)
    {
        var digits = string.Concat(Uri.UnescapeDataString(number).Where(c => char.IsAsciiDigit(c) || c == '+'));
        return TelephoneNumber().IsMatch(digits) ? "tel:" + digits : null;
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*):")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$")]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"^\+?\d{3,20}$")]
    private static partial Regex TelephoneNumber();
}
