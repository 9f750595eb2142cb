using System.Text;
using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads PDF files page by page with poppler's pdftotext, which undoes columns and keeps reading order.</summary>
internal sealed class PdfExtractor(IOptions<ExtractingOptions> options) : IExtractor
{
    private const int LongestOutput = 64 << 20;

    public string Version => "pdf/1";

    public bool Handles(ExtractionSource source) =>
        source.MediaType is "application/pdf" or "application/x-pdf" || source.Extension == "pdf" || source.Bytes.Span.StartsWith("%PDF-"u8);

    public async Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"chatbot-{Core.Ids.New()}.pdf");
        try
        {
            await File.WriteAllBytesAsync(file, source.Bytes, cancellationToken);
            var (exit, output, error) = await RunAsync("pdftotext", ["-q", "-enc", "UTF-8", file, "-"], cancellationToken);
            if (exit != 0) throw new ExtractionFailedException(Reason(source.Name, error));
            var pages = Encoding.UTF8.GetString(output).Split('\f', StringSplitOptions.None);
            if (pages.Length > 1 && pages[^1].Length == 0) pages = pages[..^1];
            var blocks = PdfPages.ToBlocks(pages);
            if (blocks.Count == 0) throw new ExtractionFailedException($"{source.Name} has {pages.Length} pages but no text: it may be a scan.");
            return new Extraction
            {
                Title = await TitleAsync(file, cancellationToken) ?? PlainText.TitleOf(source.Name),
                Language = LanguageDetector.Detect(string.Join('\n', blocks.Take(50).Select(b => b.Text))),
                Blocks = blocks,
                Pages = pages.Length,
            };
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<string?> TitleAsync(string file, CancellationToken cancellationToken)
    {
        var (exit, output, _) = await RunAsync("pdfinfo", ["-enc", "UTF-8", file], cancellationToken);
        if (exit != 0) return null;
        var title = Encoding.UTF8.GetString(output).Split('\n')
            .FirstOrDefault(line => line.StartsWith("Title:", StringComparison.Ordinal))?["Title:".Length..].Trim();
        return string.IsNullOrEmpty(title) ? null : title;
    }

    private Task<(int ExitCode, byte[] Output, string Error)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(program, arguments, options.Value.Limit, options.Value.MemoryMb, LongestOutput, cancellationToken);

    private static string Reason(string name, string error) =>
        error.Contains("Incorrect password", StringComparison.OrdinalIgnoreCase)
            ? $"{name} is protected by a password."
            : $"{name} cannot be read as a PDF: the file is damaged or no PDF.";
}
