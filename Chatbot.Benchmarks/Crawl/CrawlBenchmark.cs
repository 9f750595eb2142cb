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

    // As the crawler's own process runs: its project's settings, and the environment that docs/deployment.md gives it.
    private static readonly Dictionary<string, string> s_asCrawler = new()
    {
        ["DOTNET_gcConcurrent"] = "0", ["DOTNET_gcServer"] = "0", ["DOTNET_GCConserveMemory"] = "7", ["DOTNET_GCgen0size"] = "0x400000", ["MALLOC_ARENA_MAX"] = "1",
    };

    public static async Task<int> RunAsync(DirectoryInfo pages, int concurrency, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("chatbot-crawl-").FullName;
        try
        {
            await using var server = await StaticServer.StartAsync(pages.FullName, directory, cancellationToken);
            var (ours, peers) = (new List<Figures>(), new List<Figures>());
            for (var round = 1; round <= rounds; round++)
            {
                ours.Add(await OursAsync(server, server.Port, Path.Combine(directory, $"data-{round}"), concurrency, cancellationToken));
                await PrintAsync(output, "ours", ours[^1]);
                peers.Add(await PeerAsync(server, Path.Combine(directory, $"peer-{round}"), concurrency, cancellationToken));
                await PrintAsync(output, "Scrapy", peers[^1]);
            }

            var speed = Median(ours, f => f.PagesPerSecond) / Median(peers, f => f.PagesPerSecond);
            var memory = Median(ours, f => f.PeakMegabytes) / Median(peers, f => f.PeakMegabytes);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ours to Scrapy: {speed:0.00} times its pages a second (goal {SpeedGoal:0.#}), {memory:0.00} times its peak memory (goal 1)"));

            var again = await OursAsync(server, server.Port, Path.Combine(directory, "data-1"), concurrency, cancellationToken);
            await PrintAsync(output, "again, with validators", again);
            var without = await OursAsync(server, server.PortWithoutValidators, Path.Combine(directory, "data-w"), concurrency, cancellationToken);
            var withoutAgain = await OursAsync(server, server.PortWithoutValidators, Path.Combine(directory, "data-w"), concurrency, cancellationToken);
            await PrintAsync(output, "first, without validators", without);
            await PrintAsync(output, "again, without validators", withoutAgain);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"processor time of a second crawl to the first: {again.Processor / ours[0].Processor:0.0%} with validators (goal {WithValidatorsGoal:0%}), {withoutAgain.Processor / without.Processor:0.0%} without (goal {WithoutValidatorsGoal:0%})"));
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Figures> OursAsync(StaticServer server, int port, string data, int concurrency, CancellationToken cancellationToken)
    {
        server.Mark();
        var number = concurrency.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "crawl", "--once", "--url", $"http://127.0.0.1:{port}/index.html", "--data", data, "--concurrency", number]);
        foreach (var (name, value) in s_asCrawler)
            start.Environment[name] = value;
        var process = await MeasuredProcess.RunAsync(start, cancellationToken);
        var fields = process.Output.Trim().Split(' ');
        if (process.ExitCode != 0 || fields.Length < 4)
            throw new InvalidOperationException($"Our crawl ended with {process.ExitCode}: {process.Output}");

        var (requests, seconds) = server.Read();
        return new Figures(
            int.Parse(fields[0], CultureInfo.InvariantCulture), requests, seconds, process.PeakMegabytes, TimeSpan.FromMilliseconds(double.Parse(fields[3], CultureInfo.InvariantCulture)), process.Processor);
    }

    private static async Task<Figures> PeerAsync(StaticServer server, string store, int concurrency, CancellationToken cancellationToken)
    {
        server.Mark();
        Directory.CreateDirectory(store);
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Crawl", "peer_spider.py")]);
        start.Environment["PEER_START"] = $"http://127.0.0.1:{server.Port}/index.html";
        start.Environment["PEER_STORE"] = store;
        start.Environment["PEER_CONCURRENCY"] = concurrency.ToString(CultureInfo.InvariantCulture);
        var process = await MeasuredProcess.RunAsync(start, cancellationToken);
        if (process.ExitCode != 0 || !int.TryParse(process.Output.Trim(), CultureInfo.InvariantCulture, out var stored))
            throw new InvalidOperationException($"Scrapy ended with {process.ExitCode}; is python3-scrapy installed? {process.Output}");

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
