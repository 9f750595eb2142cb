namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>One kind of file that is a ZIP with XML in it.</summary>
/// <param name="Name">With its article, for people: "a Word document".</param>
internal sealed record OfficeFile(string Name, string[] MediaTypes, string[] Extensions)
{
    public static readonly OfficeFile Word = new(
        "a Word document",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.wordprocessingml.template", "application/vnd.ms-word.document.macroenabled.12"],
        ["docx", "docm", "dotx"]);

    public static readonly OfficeFile Workbook = new(
        "an Excel workbook",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.template", "application/vnd.ms-excel.sheet.macroenabled.12"],
        ["xlsx", "xlsm", "xltx"]);

    public static readonly OfficeFile Slides = new(
        "a PowerPoint presentation",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.openxmlformats-officedocument.presentationml.slideshow", "application/vnd.ms-powerpoint.presentation.macroenabled.12"],
        ["pptx", "pptm", "ppsx"]);

    public static readonly OfficeFile OpenText = new(
        "an OpenDocument text",
        ["application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"],
        ["odt", "ott"]);

    public static readonly OfficeFile OpenSheet = new(
        "an OpenDocument spreadsheet",
        ["application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template"],
        ["ods", "ots"]);

    // What servers say of office files that they do not know, or know from the time before 2007.
    private static readonly string[] s_vague =
        ["application/octet-stream", "binary/octet-stream", "application/zip", "application/x-zip-compressed", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"];

    public bool Is(ExtractionSource source) =>
        source.MediaType is { } type && MediaTypes.Contains(type)
        || ((source.MediaType is null || s_vague.Contains(source.MediaType)) && Extensions.Contains(source.Extension));
}
