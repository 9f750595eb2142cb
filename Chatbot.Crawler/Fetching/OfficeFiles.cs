namespace Chatbot.Crawler.Fetching;

/// <summary>Tells office files apart: by their declaration, and by the names in the ZIP file that they are.</summary>
internal static class OfficeFiles
{
    // The list of names stands at the end of a ZIP file; office files have fewer than these bytes of it.
    private const int Looked = 256 * 1024;

    private static readonly (ContentKind Kind, string Type, string[] Extensions)[] s_kinds =
    [
        (ContentKind.Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx", ".docm", ".dotx"]),
        (ContentKind.Workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx", ".xlsm"]),
        (ContentKind.Slides, "application/vnd.openxmlformats-officedocument.presentationml.presentation", [".pptx", ".pptm", ".ppsx"]),
        (ContentKind.OpenText, "application/vnd.oasis.opendocument.text", [".odt"]),
    ];

    public static ContentKind? ByType(string? contentType)
    {
        foreach (var (kind, type, _) in s_kinds)
            if (type.Equals(contentType, StringComparison.OrdinalIgnoreCase))
                return kind;

        return contentType?.ToLowerInvariant() switch
        {
            "application/vnd.ms-word.document.macroenabled.12" or "application/vnd.openxmlformats-officedocument.wordprocessingml.template" => ContentKind.Word,
            "application/vnd.ms-excel.sheet.macroenabled.12" => ContentKind.Workbook,
            "application/vnd.ms-powerpoint.presentation.macroenabled.12" or "application/vnd.openxmlformats-officedocument.presentationml.slideshow" => ContentKind.Slides,
            _ => null,
        };
    }

    /// <param name="path">Of the URL, without query.</param>
    public static ContentKind? ByExtension(ReadOnlySpan<char> path)
    {
        foreach (var (kind, _, extensions) in s_kinds)
            foreach (var extension in extensions)
                if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                    return kind;

        return null;
    }

    public static ContentKind? ByContent(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("PK\u0003\u0004"u8))
            return null;
        if (body[..Math.Min(body.Length, 200)].IndexOf("mimetypeapplication/vnd.oasis.opendocument.text"u8) >= 0)
            return ContentKind.OpenText;

        // The last one counts: what a presentation has embedded stands before its own list.
        var end = body[^Math.Min(body.Length, Looked)..];
        var (word, workbook, slides) = (end.LastIndexOf("word/document"u8), end.LastIndexOf("xl/workbook"u8), end.LastIndexOf("ppt/presentation"u8));
        var last = Math.Max(word, Math.Max(workbook, slides));
        return last < 0 ? null : last == word ? ContentKind.Word : last == workbook ? ContentKind.Workbook : ContentKind.Slides;
    }

    /// <returns>Null when the kind is none of an office file.</returns>
    public static string? TypeOf(ContentKind kind)
    {
        foreach (var (known, type, _) in s_kinds)
            if (known == kind)
                return type;

        return null;
    }
}
