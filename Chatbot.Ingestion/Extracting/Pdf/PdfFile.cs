namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>The bytes of a PDF as a file of their own, for programs to read; it is deleted in the end.</summary>
internal sealed class PdfFile : IDisposable
{
    // The header may stand behind stray bytes, within the first 1024 as Adobe's implementation notes allow.
    private const int HeaderWithin = 1024;

    private PdfFile(string path) => FilePath = path;

    public string FilePath { get; }

    /// <exception cref="ExtractionFailedException">The bytes are no PDF.</exception>
    public static async Task<PdfFile> WriteAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        if (source.Bytes.IsEmpty) throw new ExtractionFailedException($"{source.Name} is empty.");
        if (!HasHeader(source.Bytes.Span)) throw new ExtractionFailedException($"{source.Name} is called a PDF but is none.");
        var file = new PdfFile(Path.Combine(Path.GetTempPath(), $"chatbot-{Core.Ids.New()}.pdf"));
        try
        {
            await File.WriteAllBytesAsync(file.FilePath, source.Bytes, cancellationToken);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static bool HasHeader(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, HeaderWithin)].IndexOf("%PDF-"u8) >= 0;

    public void Dispose() => File.Delete(FilePath);
}
