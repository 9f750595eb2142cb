namespace Chatbot.Crawler.Fetching;

/// <summary>What a body is to us.</summary>
public enum ContentKind
{
    Html,
    Text,
    Markdown,
    Pdf,
    Csv,
    Word,
    Workbook,
    Slides,
    OpenText,
    OpenSheet,
    RichText,

    /// <summary>A picture, and only where one is asked for.</summary>
    Image,
}
