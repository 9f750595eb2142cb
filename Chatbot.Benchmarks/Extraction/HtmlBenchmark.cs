using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Chatbot.Core.Extractions;
using Chatbot.Html;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>Measures the main content of pages against the text that a person marked, and how fast it is found.</summary>
public static class HtmlBenchmark
{
    private const int Rounds = 3;

    /// <param name="folder">Holds <c>truth.json</c> (<c>{id: {"text", "url"}}</c>) and the pages as <c>id.html.gz</c>; null to leave it out.</param>
    /// <param name="documentation">A folder of HTML files to measure the speed on, beside Readability where that is installed; null to leave it out.</param>
    /// <param name="predictions">Where to write what was found (<c>{id: text}</c>); null not to.</param>
    public static async Task RunAsync(
        string? folder, string? documentation, string? predictions, TextWriter output, CancellationToken cancellationToken)
    {
        if (folder is not null) await ScoreAsync(folder, predictions, output, cancellationToken);
        if (documentation is not null) await TimeAsync(documentation, output, cancellationToken);
    }

    private static async Task ScoreAsync(string folder, string? predictions, TextWriter output, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(folder, "truth.json"));
        using var truth = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        ShingleScore all = new(), body = new();
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var page in truth.RootElement.EnumerateObject())
        {
            var bytes = await UnzipAsync(Path.Combine(folder, $"{page.Name}.html.gz"), cancellationToken);
            var url = new Uri(page.Value.GetProperty("url").GetString()!);
            // The pages are kept as UTF-8, whatever they say.
            var extraction = HtmlPage.Parse(bytes, "utf-8", url, cancellationToken).Extract();
            var wanted = page.Value.GetProperty("text").GetString()!;
            found[page.Name] = extraction.ToPlainText();
            all.Add(wanted, found[page.Name]);
            body.Add(wanted, string.Join('\n', extraction.Blocks.Where(b => b.Kind != BlockKind.Caption).Select(b => b.Text)));
        }

        Print(output, "all blocks", all);
        Print(output, "without captions", body);
        if (predictions is not null) await File.WriteAllTextAsync(predictions, JsonSerializer.Serialize(found), cancellationToken);
    }

    private static async Task TimeAsync(string folder, TextWriter output, CancellationToken cancellationToken)
    {
        var pages = new List<byte[]>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.html").Order(StringComparer.Ordinal))
            pages.Add(await File.ReadAllBytesAsync(path, cancellationToken));

        var url = new Uri("https://example.org/");
        using var process = Process.GetCurrentProcess();
        var rates = new List<double>();
        // The first round is the compiler's.
        for (var round = 0; round < Rounds; round++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var links = 0L;
            var blocks = 0L;
            foreach (var bytes in pages)
            {
                var page = HtmlPage.Parse(bytes, "utf-8", url, cancellationToken);
                links += page.Links.Count;
                blocks += page.Extract().Blocks.Count;
            }

            var rate = pages.Count / clock.Elapsed.TotalSeconds;
            process.Refresh();
            rates.Add(pages.Count / (process.TotalProcessorTime - before).TotalSeconds);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"round {round + 1}: {pages.Count} pages, {links} links, {blocks} blocks, {rate:0} pages/s on one core, {rates[round]:0} for a second of processor time"));
        }

        if (!ReadabilityPeer.IsInstalled)
        {
            await output.WriteLineAsync($"Readability is not installed: run npm ci in {ReadabilityPeer.Folder} to compare with it.");
            return;
        }

        var peer = await ReadabilityPeer.RunAsync(folder, Rounds, cancellationToken);
        for (var round = 0; round < Rounds; round++)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: Readability and jsdom, {peer[round].Rate:0.0} pages/s, {peer[round].ProcessorRate:0.0} for a second of processor time"));
        var best = peer.Max(round => round.ProcessorRate);
        // By processor time: what else runs on the machine is no matter then.
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"the best rounds, for a second of processor time: {rates.Max():0} to {best:0.0} pages, {rates.Max() / best:0.0} times"));
    }

    private static async Task<byte[]> UnzipAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unzipped.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static void Print(TextWriter output, string name, ShingleScore score) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-18} F1 {score.F1:0.0000}  precision {score.Precision:0.0000}  recall {score.Recall:0.0000}  empty {score.Empty}"));
}
