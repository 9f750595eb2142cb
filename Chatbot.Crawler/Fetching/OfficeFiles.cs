namespace Chatbot.Crawler.Fetching;

/// <summary>Tells office files apart: by their declaration, and by the names in the ZIP file that most are.</summary>
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
        (ContentKind.OpenSheet, "application/vnd.oasis.opendocument.spreadsheet", [".ods"]),
        (ContentKind.RichText, "application/rtf", [".rtf"]),
    ];

    public static ContentKind? ByType(string? contentType)
    {
        foreach (var (kind, type, _) in s_kinds)
            if (type.Equals(contentType, StringComparison.OrdinalIgnoreCase))
                return kind;

        return contentType?.ToLowerInvariant() switch
        {
            "application/vnd.ms-word.document.macroenabled.12" or "application/vnd.openxmlformats-officedocument.wordprocessingml.template" => ContentKind.Word,
            "text/rtf" or "text/richtext" or "application/x-rtf" => ContentKind.RichText,
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
        if (body.StartsWith(@"{\rtf"u8))
            return ContentKind.RichText;
        if (!body.StartsWith("PK\u0003\u0004"u8))
            return null;
        var start = body[..Math.Min(body.Length, 200)];
        if (start.IndexOf("mimetypeapplication/vnd.oasis.opendocument.text"u8) >= 0)
            return ContentKind.OpenText;
        if (start.IndexOf("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"u8) >= 0)
            return ContentKind.OpenSheet;

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
