using Chatbot.Ingestion.Extracting.Pdf;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>What the kinds of OpenDocument files share.</summary>
internal static class OpenDocument
{
    /// <exception cref="ExtractionFailedException">It is protected by a password.</exception>
    public static void RefuseEncrypted(ZipParts parts, string name)
    {
        if (parts.Load("META-INF/manifest.xml").Below("encryption-data").Any()) throw new ExtractionFailedException($"{name} is protected by a password.");
    }

    public static CoreProperties Properties(ZipParts parts)
    {
        if (parts.Load("meta.xml").Child("meta") is not { } meta) return CoreProperties.None;
        string? Value(string name) => meta.Child(name)?.Value.Trim() is { Length: > 0 and < 2_000 } value ? value : null;
        return new(PdfInfo.Meaningful(Value("title"), null), Value("creator") ?? Value("initial-creator"), Value("description") ?? Value("subject"), Value("language"), CoreProperties.Date(Value("date")), CoreProperties.Date(Value("creation-date")));
    }
}
