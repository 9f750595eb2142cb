using System.Collections.Frozen;

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
        // office files that nobody reads here; docx, xlsx, pptx and odt are read
        "doc", "dot", "xls", "xlsb", "ppt", "pps", "ods", "odp", "odg", "rtf", "pages", "numbers", "key", "epub", "mobi",
        // mail, keys, signatures, feeds of other programs
        "eml", "msg", "asc", "sig", "pgp", "p7s", "crt", "pem", "torrent", "dwg", "dxf", "ps",
    ], StringComparer.OrdinalIgnoreCase);

    /// <returns>The extension that makes the URL one to skip, in lower case, else null.</returns>
    public static string? Skipped(Uri url)
    {
        var path = url.AbsolutePath.AsSpan();
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        if (dot < 0 || dot == name.Length - 1)
            return null;

        return s_skipped.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[(dot + 1)..], out var extension) ? extension : null;
    }
}
