using System.Globalization;
using Chatbot.Ingestion.Extracting.Layout;
using Chatbot.Ingestion.Extracting.Pdf;
using Chatbot.Ingestion.Extracting.Processes;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Draws pages, with as many dots as reading them needs. Safe for concurrent use.</summary>
internal sealed class PageImages(IOptions<ExtractingOptions> extracting, IOptions<OcrOptions> options)
{
    private const long LargestImage = 256 << 20;
    private const long LongestList = 16 << 20;

    // Scans with fewer dots than these are drawn larger. More than a scan has add nothing: at 200 Tesseract read scans of
    // 130 and 200 as well as at 300, in seven tenths of the time.
    private const int FewestDpi = 200;

    // A picture over this share of the page is the page.
    private const double Covering = 0.5;

    /// <summary>The dots per inch of pages that are one picture.</summary>
    /// <returns>By page number; pages without a picture over most of them are missing.</returns>
    public async Task<IReadOnlyDictionary<int, int>> ScansAsync(PdfFile file, IReadOnlyList<PageText> pages, CancellationToken cancellationToken)
    {
        var first = pages.Min(p => p.Number).ToString(CultureInfo.InvariantCulture);
        var last = pages.Max(p => p.Number).ToString(CultureInfo.InvariantCulture);
        var (_, output, _) = await ChildProcess.RunAsync(
            "pdfimages", ["-list", "-f", first, "-l", last, file.FilePath], new(extracting.Value.Limit, extracting.Value.MemoryMb, LongestList), cancellationToken);
        var areas = pages.ToDictionary(p => p.Number, p => p.Width * p.Height);
        var scans = new Dictionary<int, int>();
        foreach (var line in output.Split('\n').Skip(2))
        {
            // page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 14 || !Int(fields[0], out var page) || !Int(fields[3], out var width) || !Int(fields[4], out var height) || !Int(fields[12], out var across) || !Int(fields[13], out var down)) continue;
            if (across < 1 || down < 1 || !areas.TryGetValue(page, out var area)) continue;
            if (72.0 * width / across * 72.0 * height / down >= Covering * area) scans[page] = Math.Max(scans.GetValueOrDefault(page), Math.Max(across, down));
        }

        return scans;
    }

    /// <param name="scan">Dots per inch of the page's own picture; null when it has none.</param>
    public int DpiFor(PageText page, int? scan)
    {
        var dpi = scan is null && page.Runs.Count > 0 ? DpiForType(page) : scan is { } own ? Math.Min(Math.Max(own, FewestDpi), options.Value.Dpi) : options.Value.Dpi;
        // A poster needs no more dots than a sheet of A3: its letters are larger.
        var side = Math.Max(Math.Max(page.Width, page.Height), 1) / 72;
        return (int)Math.Clamp(dpi, 20, Math.Max(5000 / side, 20));
    }

    // A text layer that makes no sense still tells how large its type is: 10 points need no more than 200 dots an inch.
    private int DpiForType(PageText page)
    {
        var sizes = page.Runs.Select(run => run.Size).Order().ToList();
        return Math.Min((int)Math.Clamp(2000 / sizes[sizes.Count / 4], FewestDpi, 600), options.Value.Dpi);
    }

    /// <exception cref="ExtractionFailedException">The page cannot be drawn.</exception>
    public async Task<GrayImage> DrawAsync(PdfFile file, int page, int dpi, CancellationToken cancellationToken)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var (exit, bytes, _) = await ChildProcess.RunAsync(
            "pdftoppm", ["-q", "-gray", "-r", dpi.ToString(CultureInfo.InvariantCulture), "-f", number, "-l", number, file.FilePath],
            new(options.Value.PageLimit, extracting.Value.MemoryMb, LargestImage), default, ReadAllAsync, cancellationToken);
        return (exit == 0 ? GrayImage.FromPgm(bytes) : null) ?? throw new ExtractionFailedException($"Page {number} cannot be drawn.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        // A page of A4 at 200 dots an inch.
        var all = new MemoryStream(4 << 20);
        await stream.CopyToAsync(all, cancellationToken);
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static bool Int(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
