namespace Chatbot.Ingestion.Extracting.Rtf;

/// <param name="Word">Of a control word its name, of a control symbol its sign; else empty.</param>
/// <param name="Number">Of a control word, null when it has none; of a byte its value.</param>
internal readonly record struct RtfToken(RtfTokenKind Kind, string Word, int? Number);

internal enum RtfTokenKind
{
    Open,
    Close,
    Control,

    /// <summary>A byte of text, as it stands or in hexadecimal digits.</summary>
    Byte,
    End,
}
