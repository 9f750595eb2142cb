using System.Diagnostics;
using System.Globalization;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>
/// Both crawl the same folder from the same nginx, by turns, each time from nothing and in a process of its own. Their time
/// runs from the first request to the last, by the server's log: what they need to start counts for neither.
/// </summary>
internal static class CrawlBenchmark
{
    // Debian's, for which python3-scrapy is; another one may come first on the path.
    private const string Python = "/usr/bin/python3";
    private const double SpeedGoal = 2, WithValidatorsGoal = 0.05, WithoutValidatorsGoal = 0.30;

    public static async Task<int> RunAsync(DirectoryInfo pages, FileInfo? crawler, int concurrency, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("chatbot-crawl-").FullName;
        try
        {
            var program = crawler?.FullName ?? await CrawlerProgram.PublishAsync(Path.Combine(directory, "crawler"), cancellationToken);
            await using var server = await StaticServer.StartAsync(pages.FullName, directory, cancellationToken);
            var (ours, peers) = (new List<Figures>(), new List<Figures>());
            for (var round = 1; round <= rounds; round++)
            {
                ours.Add(await OursAsync(server, program, server.Port, Path.Combine(directory, $"data-{round}"), concurrency, cancellationToken));
                await PrintAsync(output, "ours", ours[^1]);
                peers.Add(await PeerAsync(server, Path.Combine(directory, $"peer-{round}"), concurrency, cancellationToken));
                await PrintAsync(output, "Scrapy", peers[^1]);
            }

            var speed = Median(ours, f => f.PagesPerSecond) / Median(peers, f => f.PagesPerSecond);
            var memory = Median(ours, f => f.PeakMegabytes) / Median(peers, f => f.PeakMegabytes);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ours to Scrapy: {speed:0.00} times its pages a second (goal {SpeedGoal:0.#}), {memory:0.00} times its peak memory (goal 1)"));

            var again = await AgainAsync(server, program, server.Port, Path.Combine(directory, "data-1"), concurrency, rounds, "again, with validators", output, cancellationToken);
            var without = await OursAsync(server, program, server.PortWithoutValidators, Path.Combine(directory, "data-w"), concurrency, cancellationToken);
            await PrintAsync(output, "first, without validators", without);
            var withoutAgain = await AgainAsync(server, program, server.PortWithoutValidators, Path.Combine(directory, "data-w"), concurrency, rounds, "again, without validators", output, cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"processor time of a second crawl to the first: {again / Median(ours, f => f.Processor.TotalSeconds):0.0%} with validators (goal {WithValidatorsGoal:0%}), {withoutAgain / without.Processor.TotalSeconds:0.0%} without (goal {WithoutValidatorsGoal:0%})"));
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Figures> OursAsync(StaticServer server, string program, int port, string data, int concurrency, CancellationToken cancellationToken)
    {
        server.Mark();
        var (counters, process, crawl) = await OurCrawl.RunAsync(program, $"http://127.0.0.1:{port}/index.html", data, concurrency, cancellationToken);
        var (requests, seconds) = server.Read();
        return new Figures(counters.New + counters.Changed + counters.Unchanged, requests, seconds, process.PeakMegabytes, crawl, process.Processor);
    }

    /// <summary>Crawls of a site that did not change.</summary>
    /// <returns>The median of their processor times, in seconds: each is short beside the kernel's steps of 10 ms.</returns>
    private static async Task<double> AgainAsync(
        StaticServer server, string program, int port, string data, int concurrency, int rounds, string who, TextWriter output, CancellationToken cancellationToken)
    {
        await OurCrawl.IngestAsync(data, cancellationToken);
        var all = new List<Figures>();
        for (var round = 1; round <= rounds; round++)
        {
            all.Add(await OursAsync(server, program, port, data, concurrency, cancellationToken));
            await PrintAsync(output, who, all[^1]);
        }

        return Median(all, f => f.Processor.TotalSeconds);
    }

    private static async Task<Figures> PeerAsync(StaticServer server, string store, int concurrency, CancellationToken cancellationToken)
    {
        server.Mark();
        Directory.CreateDirectory(store);
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Crawl", "peer_spider.py")]);
        start.Environment["PEER_START"] = $"http://127.0.0.1:{server.Port}/index.html";
        start.Environment["PEER_STORE"] = store;
        start.Environment["PEER_CONCURRENCY"] = concurrency.ToString(CultureInfo.InvariantCulture);
        await using var process = MeasuredProcess.Start(start);
        var exitCode = await process.EndAsync(cancellationToken);
        if (exitCode != 0 || !int.TryParse(process.Output.Trim(), CultureInfo.InvariantCulture, out var stored))
            throw new InvalidOperationException($"Scrapy ended with {exitCode}; is python3-scrapy installed? {process.Output}");

        var (requests, seconds) = server.Read();
        return new Figures(stored, requests, seconds, process.PeakMegabytes, process.Processor, process.Processor);
    }

    private static Task PrintAsync(TextWriter output, string who, Figures f) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"{who,-26} {f.Pages,6} pages, {f.Requests,6} requests in {f.Seconds,6:0.00} s: {f.PagesPerSecond,7:0.0} pages/s, {f.PeakMegabytes,6:0.0} MB at most, {f.Processor.TotalSeconds,6:0.00} s of processor (process: {f.WholeProcess.TotalSeconds:0.00} s)"));

    private static double Median(List<Figures> all, Func<Figures, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    /// <param name="Pages">Kept as documents, or stored.</param>
    /// <param name="Processor">Of the crawl, without the start of the process where that is known.</param>
    private sealed record Figures(int Pages, int Requests, double Seconds, double PeakMegabytes, TimeSpan Processor, TimeSpan WholeProcess)
    {
        public double PagesPerSecond => Pages / Math.Max(Seconds, 0.001);
    }
}
