namespace Chatbot.Core.Sites;

/// <summary>The kinds of files that a site may be read for.</summary>
public static class SiteFileTypes
{
    /// <summary>Web pages. Where they are not wanted they are still fetched, for what they link to.</summary>
    public const string Html = "html";

    public const string Pdf = "pdf";

    /// <summary>Documents, presentations and tables: Word, PowerPoint, Excel, OpenDocument, RTF, CSV.</summary>
    public const string Office = "office";

    /// <summary>Plain text and Markdown.</summary>
    public const string Text = "text";

    public static IReadOnlyList<string> All { get; } = [Html, Pdf, Office, Text];
}
