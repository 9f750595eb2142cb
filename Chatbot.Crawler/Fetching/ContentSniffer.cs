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
                return TextByName(url);
            case "text/csv" or "application/csv" or "text/comma-separated-values":
                return ContentKind.Csv;
            case "application/zip" or "application/x-zip-compressed" or "application/msword" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint"
                when OfficeFiles.ByExtension(Path(url)) is not null || EndsWith(url, ".csv"):
                // What servers say of office files that they do not know, or know from the time before 2007.
                return null;
            case null or "" or "application/octet-stream" or "binary/octet-stream" or "application/unknown" or "unknown/unknown" or "*/*":
                return null;
            default:
                var office = OfficeFiles.ByType(contentType);
                isOther = office is null;
                return office;
        }
    }

    /// <summary>By the first bytes; null means something we do not read.</summary>
    public static ContentKind? ByContent(ReadOnlySpan<byte> body, string url)
    {
        if (body.StartsWith("%PDF-"u8))
            return ContentKind.Pdf;
        if (OfficeFiles.ByContent(body) is { } office)
            return office;
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

        return TextByName(url);
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
        ContentKind.Csv => "text/csv",
        _ => OfficeFiles.TypeOf(kind) ?? "text/plain",
    };

    private static ContentKind TextByName(string url) =>
        EndsWith(url, ".md") || EndsWith(url, ".markdown") ? ContentKind.Markdown : EndsWith(url, ".csv") ? ContentKind.Csv : EndsWith(url, ".rtf") ? ContentKind.RichText : ContentKind.Text;

    private static ReadOnlySpan<char> Path(string url) => url.AsSpan() is var whole && whole.IndexOf('?') is >= 0 and var query ? whole[..query] : url;

    private static bool EndsWith(string url, string extension) => Path(url).EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
