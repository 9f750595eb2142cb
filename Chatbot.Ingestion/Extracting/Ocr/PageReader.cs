using Chatbot.Ingestion.Extracting.Layout;
using Chatbot.Ingestion.Extracting.Pdf;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Reads pictures of pages: drawn, put straight, read by Tesseract; turned or read in another script when that went badly. Safe for concurrent use.</summary>
internal sealed class PageReader(Tesseract tesseract, PageImages images, IOptions<OcrOptions> options)
{
    private const int SketchDpi = 50;

    // Of fewer letters the language cannot be told for certain.
    private const int EnoughLetters = 200;

    /// <returns>Why no page can be read; null when pages can be.</returns>
    public async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled) return "reading scans is switched off (Extracting:Ocr:Enabled)";
        var installed = await tesseract.InstalledAsync(cancellationToken);
        if (installed.Count == 0) return "Tesseract is not installed (Debian: apt-get install tesseract-ocr and a language such as tesseract-ocr-deu)";
        return OcrLanguages.Latin(options.Value.Languages, installed) is null ? "Tesseract has no language installed (Debian: apt-get install tesseract-ocr-eng)" : null;
    }

    /// <summary>Which of a site's languages pages are read without.</summary>
    /// <returns>For people; null when none is missing.</returns>
    public async Task<string?> MissingAsync(IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var missing = OcrLanguages.Choose(languages, "", await tesseract.InstalledAsync(cancellationToken)).Missing;
        return missing.Count == 0 ? null
            : $"Pictures were read without {string.Join(" and ", missing)}, which Tesseract has not installed (Debian: apt-get install {string.Join(' ', missing.Select(name => $"tesseract-ocr-{name.Replace('_', '-')}"))}).";
    }

    /// <param name="wanted">Two-letter codes of the site's languages; may be empty.</param>
    /// <param name="pages">Not empty; at most as many as the options allow are read.</param>
    /// <param name="otherText">Of the document's other pages, which tells its language; may be empty.</param>
    /// <returns>What was read by page number; pages that could not be read are missing.</returns>
    public async Task<IReadOnlyDictionary<int, PageText>> ReadAsync(
        PdfFile file, IReadOnlyList<PageText> pages, IReadOnlyDictionary<int, int> scans, string otherText, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var installed = await tesseract.InstalledAsync(cancellationToken);
        var (configured, _) = OcrLanguages.Choose(wanted, options.Value.Languages, installed);
        var languages = OcrLanguages.Of(otherText, installed) ?? OcrLanguages.Latin(configured, installed)!;
        var read = new SortedDictionary<int, PageText>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = tesseract.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pages.Take(options.Value.MaxPages), parallel, async (page, token) =>
        {
            // Memory is for as many pages as there are turns, drawings included.
            using var turn = await tesseract.TakeTurnAsync(token);
            var (result, settled) = await ReadAsync(file, page, scans.TryGetValue(page.Number, out var dpi) ? dpi : null, Volatile.Read(ref languages), configured, installed, token);
            if (settled is not null) Volatile.Write(ref languages, settled);
            if (result is null) return;
            lock (read) read[page.Number] = result;
        });
        return read;
    }

    private async Task<(PageText? Page, string? Languages)> ReadAsync(
        PdfFile file, PageText page, int? scan, string languages, string configured, IReadOnlySet<string> installed, CancellationToken cancellationToken)
    {
        try
        {
            var dpi = images.DpiFor(page, scan);
            // Without text and picture it is empty, or its letters are drawn as lines; a small drawing tells which.
            if (page.Letters == 0 && scan is null && Deskewing.IsEmpty(await images.DrawAsync(file, page.Number, SketchDpi, cancellationToken))) return (page with { IsOcr = true }, null);
            var drawn = await images.DrawAsync(file, page.Number, dpi, cancellationToken);
            if (Deskewing.Straighten(drawn) is not { } image) return (Page(page, drawn, OcrReading.Nothing, dpi), null);
            var reading = await ReadAsync(image, dpi, languages, installed, cancellationToken);
            if (!reading.IsSure && installed.Contains("osd"))
            {
                var (degrees, script) = await tesseract.OrientationAsync(image, dpi, cancellationToken);
                var other = script is null ? null : OcrLanguages.OfScript(script, configured, installed);
                if (degrees != 0 || (other is not null && other != languages))
                {
                    // Lines of a page that lies on its side were no lines to put straight.
                    var turned = degrees == 0 ? image : Deskewing.Straighten(drawn.Turn(degrees)) ?? image;
                    var again = await tesseract.ReadAsync(turned, dpi, other ?? languages, cancellationToken);
                    if (again.Confidence > reading.Confidence) (image, reading, languages) = (turned, again, other ?? languages);
                }
            }

            return (Page(page, image, reading, dpi), reading is { IsSure: true, Letters: > EnoughLetters } ? OcrLanguages.Of(reading.Text, installed) ?? languages : null);
        }
        catch (ExtractionFailedException)
        {
            // One page must not cost the others; it is counted as not read.
            return (null, null);
        }
    }

    // With the most frequent languages, and once more where the text turns out to be in another one, or to be too short to tell.
    private async Task<OcrReading> ReadAsync(GrayImage image, int dpi, string languages, IReadOnlySet<string> installed, CancellationToken cancellationToken)
    {
        var foremost = OcrLanguages.Foremost(languages);
        var reading = await tesseract.ReadAsync(image, dpi, foremost, cancellationToken);
        if (foremost == languages || reading.Letters == 0) return reading;
        var language = reading.Letters > EnoughLetters ? OcrLanguages.Of(reading.Text, installed) : null;
        // One that makes no sense at all lies on its side or is in another script, which is looked at next.
        if (OcrLanguages.Holds(foremost, language) || (language is null && !reading.IsSure)) return reading;
        var again = await tesseract.ReadAsync(image, dpi, language ?? languages, cancellationToken);
        return again.Confidence > reading.Confidence ? again : reading;
    }

    private static PageText Page(PageText page, GrayImage image, OcrReading reading, int dpi)
    {
        var points = 72.0 / dpi;
        var regions = reading.Regions.Select(region => (IReadOnlyList<TextRun>)[.. region.Select(line => line with
        {
            Left = line.Left * points, Top = line.Top * points, Right = line.Right * points, Bottom = line.Bottom * points, Size = line.Size * points,
        })]).ToList();
        return new(page.Number, image.Width * points, image.Height * points, [.. regions.SelectMany(r => r)]) { Regions = regions, IsOcr = true };
    }
}
