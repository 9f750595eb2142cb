using System.Diagnostics;
using System.Globalization;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>The peer for OCR: pages drawn with 300 dots per inch, then one Tesseract a page, as many at once as there are cores.</summary>
internal sealed class BareTesseract : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatbot-ocr-").FullName;

    /// <summary>Of the drawing, in seconds.</summary>
    public double Seconds { get; private set; }

    public int Pages => Directory.GetFiles(_folder, "*.pgm").Length;

    /// <summary>Draws the pages that have no usable text: those with next to nothing in their text layer.</summary>
    public static async Task<BareTesseract> DrawAsync(string folder, IReadOnlyList<PdfTruth> files, CancellationToken cancellationToken)
    {
        var scans = new BareTesseract();
        var pages = new List<(string Path, string Page, string Prefix)>();
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.File);
            var text = (await BareProgram.RunAsync("pdftotext", ["-q", path, "-"], cancellationToken)).Output.Split('\f');
            for (var page = 1; page <= file.Pages; page++)
                if (file.Pages == 1 || text[page - 1].Length < 200)
                    pages.Add((path, page.ToString(CultureInfo.InvariantCulture), Path.Combine(scans._folder, $"{file.File}-{(file.File.Contains("-en-", StringComparison.Ordinal) ? "eng" : "deu")}")));
        }

        var clock = Stopwatch.GetTimestamp();
        await EachAsync(pages, (p, token) => BareProgram.RunAsync("pdftoppm", ["-q", "-gray", "-r", "300", "-f", p.Page, "-l", p.Page, p.Path, p.Prefix], token), cancellationToken);
        scans.Seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        return scans;
    }

    /// <returns>Seconds for all pages, each with its own language alone.</returns>
    public async Task<double> ReadAsync(int copies, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        await EachAsync([.. Enumerable.Repeat(Directory.GetFiles(_folder, "*.pgm"), copies).SelectMany(some => some)],
            (path, token) => BareProgram.RunAsync("tesseract", [path, "stdout", "-l", path.Contains("-eng-", StringComparison.Ordinal) ? "eng" : "deu"], token), cancellationToken);
        return Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task EachAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, Task> run, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (item, token) => await run(item, token));
}
