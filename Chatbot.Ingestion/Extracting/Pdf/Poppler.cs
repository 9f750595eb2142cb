using System.Globalization;
using Chatbot.Ingestion.Extracting.Layout;
using Chatbot.Ingestion.Extracting.Processes;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>
/// poppler's programs, each run with limits. <c>pdftohtml -xml</c> is as fast as plain pdftotext and tells fonts and the
/// outline as well; <c>pdftotext -bbox-layout</c> takes three times as long and is asked only where text stands sideways.
/// Safe for concurrent use.
/// </summary>
internal sealed class Poppler(IOptions<ExtractingOptions> options, IOptions<PdfOptions> pdf)
{
    /// <exception cref="ExtractionFailedException">It cannot be read.</exception>
    public async Task<XmlPages> ReadAsync(PdfFile file, string name, CancellationToken cancellationToken)
    {
        var last = pdf.Value.MaxPages.ToString(CultureInfo.InvariantCulture);
        var (exit, pages, error) = await ChildProcess.RunAsync(
            "pdftohtml",
            ["-xml", "-i", "-hidden", "-nodrm", "-noroundcoord", "-zoom", "3", "-enc", "UTF-8", "-l", last, "-stdout", file.FilePath],
            Limits, default, XmlReading.ReadAsync, cancellationToken);
        return exit == 0 && pages.Pages.Count > 0 ? pages : throw new ExtractionFailedException(Reason(name, exit, error));
    }

    /// <returns><see cref="PdfInfo.Unknown"/> when it cannot be read.</returns>
    public async Task<PdfInfo> InfoAsync(PdfFile file, CancellationToken cancellationToken)
    {
        var (exit, output, _) = await ChildProcess.RunAsync("pdfinfo", ["-isodates", "-enc", "UTF-8", file.FilePath], Limits, cancellationToken);
        return exit == 0 ? PdfInfo.Parse(output) : PdfInfo.Unknown;
    }

    /// <summary>The words of a page with their boxes, in whatever direction they are written.</summary>
    public async Task<PageText?> WordsAsync(PdfFile file, int page, CancellationToken cancellationToken)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var (exit, words, _) = await ChildProcess.RunAsync(
            "pdftotext", ["-q", "-bbox-layout", "-nodiag", "-enc", "UTF-8", "-f", number, "-l", number, file.FilePath, "-"],
            Limits, default, (output, token) => BoxReading.ReadAsync(output, page, token), cancellationToken);
        return exit == 0 ? words : null;
    }

    private ChildLimits Limits => new(options.Value.Limit, options.Value.MemoryMb, (long)pdf.Value.MaxOutputMb << 20);

    private static string Reason(string name, int exit, string error)
    {
        if (error.Contains("Incorrect password", StringComparison.OrdinalIgnoreCase)) return $"{name} is protected by a password.";
        if (error.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || error.Contains("bad_alloc", StringComparison.Ordinal) || exit > 128)
            return $"{name} needs more memory to be read than it is given, or the file is damaged.";
        return $"{name} cannot be read as a PDF: the file is damaged.";
    }
}
