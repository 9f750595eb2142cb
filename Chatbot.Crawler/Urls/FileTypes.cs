using System.Collections.Frozen;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;

namespace Chatbot.Crawler.Urls;

/// <summary>Which addresses end in a file that holds no text for us. What is not named here is fetched, and its content decides.</summary>
internal static class FileTypes
{
    private static readonly FrozenSet<string> s_skipped = FrozenSet.ToFrozenSet(
    [
        // images
        "jpg", "jpeg", "png", "gif", "webp", "svg", "svgz", "ico", "bmp", "tif", "tiff", "avif", "heic", "psd", "eps", "ai",
        // sound and film
        "mp3", "wav", "ogg", "oga", "ogv", "opus", "flac", "m4a", "aac", "mp4", "m4v", "webm", "avi", "mov", "wmv", "mkv", "mpg", "mpeg", "flv", "swf", "vtt", "srt", "m3u", "m3u8",
        // archives, programs, disks
        "zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "jar", "war", "iso", "img", "dmg", "exe", "msi", "deb", "rpm", "apk", "bin", "dll", "so", "sh", "bat",
        // parts of pages and data
        "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "json", "jsonld", "xml", "xsl", "xsd", "rss", "atom", "tsv", "sql", "sqlite", "parquet", "ics", "vcf", "kml", "kmz", "gpx", "geojson",
        // office files that nobody reads here; docx, xlsx, pptx, odt, ods and rtf are read
        "doc", "dot", "xls", "xlsb", "ppt", "pps", "odp", "odg", "pages", "numbers", "key", "epub", "mobi",
        // mail, keys, signatures, feeds of other programs
        "eml", "msg", "asc", "sig", "pgp", "p7s", "crt", "pem", "torrent", "dwg", "dxf", "ps",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Which kind of file an address says that it is, in the words of <see cref="SiteFileTypes"/>.</summary>
    /// <returns>Null when it does not say so: its content tells.</returns>
    public static string? KindOf(Uri url)
    {
        if (OfficeFiles.ByExtension(url.AbsolutePath) is not null)
            return SiteFileTypes.Office;

        return ExtensionOf(url.AbsolutePath).ToString().ToLowerInvariant() switch
        {
            "pdf" => SiteFileTypes.Pdf,
            "csv" => SiteFileTypes.Office,
            "txt" or "md" or "markdown" => SiteFileTypes.Text,
            _ => null,
        };
    }

    public static string KindOf(ContentKind kind) => kind switch
    {
        ContentKind.Html => SiteFileTypes.Html,
        ContentKind.Pdf => SiteFileTypes.Pdf,
        ContentKind.Text or ContentKind.Markdown => SiteFileTypes.Text,
        _ => SiteFileTypes.Office,
    };

    /// <returns>The extension that makes the URL one to skip, in lower case, else null.</returns>
    public static string? Skipped(Uri url)
    {
        var extension = ExtensionOf(url.AbsolutePath);
        return extension.Length > 0 && s_skipped.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(extension, out var skipped) ? skipped : null;
    }

    // Without the dot; empty when there is none.
    private static ReadOnlySpan<char> ExtensionOf(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot < 0 ? [] : name[(dot + 1)..];
    }
}
