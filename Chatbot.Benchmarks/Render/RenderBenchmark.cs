using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Chatbot.Crawler;
using Chatbot.Crawler.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Benchmarks.Render;

/// <summary>Renders small pages whose text a script fetches and writes, from a server in this process.</summary>
internal static class RenderBenchmark
{
    private const double GoalPerSecond = 5;

    // Often enough to see whether memory grows on or goes up and down with the contexts and browsers that take turns.
    private const int ReportEvery = 125;

    public static async Task<int> RunAsync(int pages, int contexts, bool inChild, TextWriter output, CancellationToken cancellationToken)
    {
        await using var site = await StartSiteAsync(cancellationToken);
        await using var services = CreateServices(contexts);
        await using var child = inChild ? CreateChild(services, contexts) : null;
        IPageRenderer renderer = child is null ? services.GetRequiredService<PageRenderer>() : child;
        if (!services.GetRequiredService<PageRenderer>().HasBrowser)
        {
            await output.WriteLineAsync("There is no Chromium on this machine.");
            return 1;
        }

        var root = site.Urls.Single();
        var body = Encoding.UTF8.GetBytes(Page);
        await RenderAsync(renderer, root, 0, body, cancellationToken);
        await ReportAsync(output, "start", cancellationToken);

        var (rendered, started, cpu) = (0, Stopwatch.GetTimestamp(), ProcessTree.Take());
        await Parallel.ForAsync(1, pages + 1, new ParallelOptions { MaxDegreeOfParallelism = contexts, CancellationToken = cancellationToken }, async (i, token) =>
        {
            await RenderAsync(renderer, root, i, body, token);
            if (Interlocked.Increment(ref rendered) is var done && done % ReportEvery == 0)
                await ReportAsync(output, done.ToString(CultureInfo.InvariantCulture), token);
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var spent = ProcessTree.Take().CpuSeconds - cpu.CpuSeconds;
        await ReportAsync(output, "end", cancellationToken);
        await (child?.DisposeAsync() ?? services.GetRequiredService<BrowserHost>().DisposeAsync());
        await ReportAsync(output, "closed", cancellationToken);

        var rate = pages / seconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{pages} pages in {seconds:0.0} s with {contexts} contexts: {rate:0.0} pages/s ({(rate >= GoalPerSecond ? "within" : "under")} {GoalPerSecond}), {spent * 1000 / pages:0} ms of processor time each, helpers that ended meanwhile aside"));
        return 0;
    }

    private const string Page = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Opening hours</title><link rel="stylesheet" href="/site.css"><script src="/app.js" defer></script></head>
        <body><nav><a href="/">Home</a></nav><main id="app"></main></body></html>
        """;

    private static async Task RenderAsync(IPageRenderer renderer, string root, int number, byte[] body, CancellationToken cancellationToken)
    {
        var result = await renderer.RenderAsync(new RenderRequest($"{root}/page/{number}", body, "utf-8", "site", true), cancellationToken);
        if (result is not RenderResult.Rendered page || !Encoding.UTF8.GetString(page.Html.Span).Contains($"<h1>Counter {number}</h1>", StringComparison.Ordinal))
            throw new InvalidOperationException($"Page {number} was not rendered: {result}");
    }

    private static async Task ReportAsync(TextWriter output, string when, CancellationToken cancellationToken)
    {
        var tree = ProcessTree.Take();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{when,-8} {tree.Processes,3} processes, {tree.Megabytes,6:0} MB in the browser and its driver (proportional), {Environment.WorkingSet / 1048576.0,5:0} MB here").AsMemory(), cancellationToken);
    }

    private static async Task<WebApplication> StartSiteAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/site.css", () => Results.Text("main { max-width: 60em } .off { display: none }", "text/css"));
        app.MapGet("/app.js", () => Results.Text("""
            const number = location.pathname.split('/').pop();
            fetch('/data/' + number).then(r => r.json()).then(data => {
              const app = document.getElementById('app');
              app.innerHTML = '<h1></h1>' + data.lines.map(l => `<p>${l}</p>`).join('');
              app.querySelector('h1').textContent = data.title;
            });
            """, "text/javascript"));
        app.MapGet("/data/{number:int}", (int number) => Results.Text(
            $"{{\"title\":\"Counter {number}\",\"lines\":[{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"Counter {number} is open on day {i} from eight to noon, and after that by appointment.\""))}]}}", "application/json"));
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static ChildRenderer CreateChild(IServiceProvider services, int contexts) => new(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Chatbot.Crawler.exe" : "Chatbot.Crawler"),
        [ChildRenderer.Argument, $"--Crawler:Render:Contexts={contexts}"],
        services.GetRequiredService<IOptions<CrawlerOptions>>(),
        TimeProvider.System,
        services.GetRequiredService<ILogger<ChildRenderer>>());

    private static ServiceProvider CreateServices(int contexts)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<CrawlerOptions>().Configure(options => options.Render.Contexts = contexts);
        services.AddRendering();
        return services.BuildServiceProvider();
    }
}
