using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion;
using Chatbot.Ingestion.Extracting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>Measures what is read of PDF files against the text that went into them, and the time beside the bare programs.</summary>
internal sealed class PdfBenchmark(string folder, int rounds, int copies, TextWriter output)
{
    public async Task RunAsync(string? part, string? predictions, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddExtracting();
        builder.Services.AddSingleton<IDocumentArchive, NoArchive>();
        using var host = builder.Build();
        var extractors = host.Services.GetRequiredService<Extractors>();
        var truth = await PdfTruth.ReadAsync(Path.Combine(folder, "truth.json"), cancellationToken);
        if (part is null or "score") await ScoreAsync(extractors, truth, predictions, cancellationToken);
        if (part is null or "time") await TimeAsync(extractors, [.. truth.Where(t => !t.NeedsOcr)], cancellationToken);
        if (part is null or "ocr") await TimeOcrAsync(extractors, [.. truth.Where(t => t.NeedsOcr)], cancellationToken);
        if (part is null or "broken") await BreakAsync(extractors, cancellationToken);
        if (part is null or "memory") await PdfMemory.MeasureAsync(extractors, output, cancellationToken);
    }

    private async Task ScoreAsync(Extractors extractors, IReadOnlyList<PdfTruth> truth, string? predictions, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var rows = new List<(PdfTruth Truth, double Words, double Peer, int Leaks)>();
        Print($"{"file",-34}{"words",8}{"pdftotext",11}{"leaks",7}{"seconds",9}");
        foreach (var file in truth.OrderBy(t => t.File, StringComparer.Ordinal))
        {
            var (text, seconds, error) = await ReadAsync(extractors, Path.Combine(folder, file.File), cancellationToken);
            var (peer, _, _) = await BareProgram.RunAsync("pdftotext", ["-q", Path.Combine(folder, file.File), "-"], cancellationToken);
            rows.Add((file, WordRatio.Of(file.Text, text), WordRatio.Of(file.Text, peer), WordRatio.Occurrences(file.Furniture, text)));
            found[file.File] = new { text, seconds };
            Print($"{file.File,-34}{rows[^1].Words,8:0.0000}{rows[^1].Peer,11:0.0000}{rows[^1].Leaks,7}{seconds,9:0.000}{(rows[^1].Words < rows[^1].Peer ? "  below pdftotext" : "")}{(error is null ? "" : $"  {error}")}");
        }

        foreach (var level in rows.GroupBy(r => r.Truth.NeedsOcr))
            Print($"{(level.Key ? "level ocr" : "level text"),-34}{level.Average(r => r.Words),8:0.0000}{level.Average(r => r.Peer),11:0.0000}{level.Sum(r => r.Leaks),7}  ({level.Count()} files)");
        if (predictions is not null) await File.WriteAllTextAsync(predictions, JsonSerializer.Serialize(found), cancellationToken);
    }

    // Of each file the fastest of some rounds, so that what else the machine does counts for neither.
    private async Task TimeAsync(Extractors extractors, IReadOnlyList<PdfTruth> files, CancellationToken cancellationToken)
    {
        double ours = 0, bare = 0;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.File);
            double best = double.MaxValue, bestBare = double.MaxValue;
            for (var round = 0; round < rounds + 1; round++)
            {
                bestBare = Math.Min(bestBare, (await BareProgram.RunAsync("pdftotext", ["-q", path, "-"], cancellationToken)).Seconds);
                best = Math.Min(best, (await ReadAsync(extractors, path, cancellationToken)).Seconds);
            }

            ours += best;
            bare += bestBare;
        }

        Print($"time, {files.Count} files, {files.Sum(f => f.Pages)} pages: {ours:0.000} s, pdftotext {bare:0.000} s, ratio {ours / bare:0.00}");
    }

    private async Task TimeOcrAsync(Extractors extractors, IReadOnlyList<PdfTruth> files, CancellationToken cancellationToken)
    {
        double ours = double.MaxValue, bare = double.MaxValue, drawn = double.MaxValue;
        var pages = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var scans = await BareTesseract.DrawAsync(folder, files, cancellationToken);
            pages = copies * scans.Pages;
            drawn = Math.Min(drawn, copies * scans.Seconds);
            bare = Math.Min(bare, await scans.ReadAsync(copies, cancellationToken));
            var clock = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(Enumerable.Repeat(files, copies).SelectMany(some => some), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                async (file, token) => await ReadAsync(extractors, Path.Combine(folder, file.File), token));
            ours = Math.Min(ours, Stopwatch.GetElapsedTime(clock).TotalSeconds);
        }

        Print($"ocr, {pages} pages: {60 * pages / ours:0.0} pages/min, bare Tesseract on drawn pages {60 * pages / bare:0.0}, drawing included {60 * pages / (bare + drawn):0.0}, ratio {bare / ours:0.00} and {(bare + drawn) / ours:0.00}");
    }

    private async Task BreakAsync(Extractors extractors, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "broken", "expect.json");
        if (!File.Exists(path)) return;
        await using var file = File.OpenRead(path);
        using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var expected = entry.Value.GetProperty("expect").GetString();
            var (text, seconds, error) = await ReadAsync(extractors, Path.Combine(folder, "broken", entry.Name), cancellationToken);
            var good = seconds < 30 && expected switch
            {
                "text" => error is null && WordRatio.Of(entry.Value.GetProperty("text").GetString()!, text) > 0.98,
                "refuse" => error is not null,
                _ => true,
            };
            Print($"broken {entry.Name,-27}{expected,-8}{(good ? "ok" : "WRONG"),-6}{seconds,8:0.00} s  {error ?? $"{text.Length} characters"}");
        }
    }

    private static async Task<(string Text, double Seconds, string? Error)> ReadAsync(Extractors extractors, string path, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var extraction = await extractors.ReadAsync(new ExtractionSource(bytes, path, null), cancellationToken);
            return (extraction.ToPlainText(), Stopwatch.GetElapsedTime(clock).TotalSeconds, extraction.Note);
        }
        catch (ExtractionFailedException error)
        {
            return ("", Stopwatch.GetElapsedTime(clock).TotalSeconds, error.Message);
        }
    }

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class NoArchive : IDocumentArchive
    {
        public Task<Core.Extractions.Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken) => Task.FromResult<Core.Extractions.Extraction?>(null);

        public Task KeepAsync(string blobHash, string extractorVersion, Core.Extractions.Extraction extraction, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
