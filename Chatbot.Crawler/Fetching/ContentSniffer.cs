using System.Text;

namespace Chatbot.Crawler.Fetching;

/// <summary>Tells what a body is: by its declaration, and by its first bytes where that is missing, general or plainly wrong.</summary>
internal static class ContentSniffer
{
    // As much as browsers look at (mimesniff.spec.whatwg.org).
    private const int Looked = 1445;

    /// <summary>By the declaration alone: null means that the bytes must tell.</summary>
    /// <param name="isOther">True when it is declared as something we do not read.</param>
    public static ContentKind? ByType(string? contentType, string url, out bool isOther)
    {
        isOther = false;
        switch (contentType?.ToLowerInvariant())
        {
            case "text/html" or "application/xhtml+xml":
                return ContentKind.Html;
            case "application/pdf" or "application/x-pdf":
                return ContentKind.Pdf;
            case "text/markdown" or "text/x-markdown":
                return ContentKind.Markdown;
            case "text/plain":
                return EndsWith(url, ".md") || EndsWith(url, ".markdown") ? ContentKind.Markdown : ContentKind.Text;
            case null or "" or "application/octet-stream" or "binary/octet-stream" or "application/unknown" or "unknown/unknown" or "*/*":
                return null;
            default:
                isOther = true;
                return null;
        }
    }

    /// <summary>By the first bytes; null means something we do not read.</summary>
    public static ContentKind? ByContent(ReadOnlySpan<byte> body, string url)
    {
        if (body.StartsWith("%PDF-"u8))
            return ContentKind.Pdf;
        if (IsBinary(body))
            return null;

        var start = body[..Math.Min(body.Length, Looked)].Trim("\t\n\f\r "u8);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            start = start[3..].TrimStart("\t\n\f\r "u8);
        ReadOnlySpan<string> tags = ["<!doctype html", "<html", "<head", "<body", "<title", "<!--", "<script", "<meta", "<div", "<table", "<h1", "<p"];
        foreach (var tag in tags)
            if (start.Length > tag.Length && Ascii.EqualsIgnoreCase(start[..tag.Length], tag))
                return ContentKind.Html;

        if (start.StartsWith("<?xml"u8))
            return start.IndexOf("<html"u8) >= 0 ? ContentKind.Html : null;

        return EndsWith(url, ".md") || EndsWith(url, ".markdown") ? ContentKind.Markdown : ContentKind.Text;
    }

    /// <summary>More control characters than any text has; random bytes have 10 %. UTF-16 and UTF-32 are text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> body)
    {
        var start = body[..Math.Min(body.Length, Looked)];
        if (start.Length < 4 || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return false;
        if ((start[0] == '<' && start[1] == 0) || (start[0] == 0 && start[1] == '<'))
            return false;

        var control = 0;
        foreach (var value in start)
            if (value is < 0x20 and not (0x09 or 0x0A or 0x0C or 0x0D or 0x1B))
                control++;

        return control * 50 > start.Length;
    }

    public static string TypeOf(ContentKind kind) => kind switch
    {
        ContentKind.Html => "text/html",
        ContentKind.Pdf => "application/pdf",
        ContentKind.Markdown => "text/markdown",
        _ => "text/plain",
    };

    private static bool EndsWith(string url, string extension)
    {
        var path = url.AsSpan();
        if (path.IndexOf('?') is >= 0 and var query)
            path = path[..query];

        return path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }
}
