using System.Collections.Concurrent;
using System.Globalization;
using Chatbot.Core.Crawling;
using Chatbot.Core.Messages;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Hostile;

/// <summary>
/// What an hour brings to a crawl of a weak server, in less than a minute: pauses are a twentieth of what they are by default, and less.
/// </summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const int Pages = 72;
    private const int Restarts = 3;

    private static readonly (string Key, string Value)[] s_pauses =
    [
        ("Crawler:RetryDelay", "00:00:00.050"), ("Crawler:MaxRetryAfter", "00:00:00.100"), ("Crawler:MaxHostDelay", "00:00:00.010"), ("Crawler:HostPatience", "00:30:00"),
        ("Crawler:Fetch:ResponseTimeout", "00:00:05"), ("Crawler:Fetch:BodyTimeout", "00:00:01"),
    ];

    // On a busy machine a good answer may be late, too.
    private static readonly (string Key, string Value) s_attempts = ("Crawler:Attempts", "20");

    private readonly TemporaryDirectory _data = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentDictionary<string, int> _faults = new();
    private TestSite _web = null!;
    private CrawlHost _crawler = null!;
    private int _answered;
    private int _restarts;
    private Task _restart = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Nobody else may listen there while it is down.
        _web = await TestSite.StartAsync(FreePort.Next());
        Fill();
        _crawler = await CrawlHost.StartAsync(_data.Path, [.. s_pauses, s_attempts]);
    }

    public async ValueTask DisposeAsync()
    {
        await _crawler.DisposeAsync();
        await _restart;
        await _web.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_server_that_has_a_bad_hour_loses_no_page_and_doubles_none()
    {
        using var calm = new TemporaryDirectory();
        await using var undisturbed = await CrawlHost.StartAsync(calm.Path);
        await undisturbed.CrawlAsync(await undisturbed.AddSiteAsync(_web.Url("/")));
        var wanted = (await undisturbed.DocumentsAsync()).Select(d => (d.Key, d.Value.Title, d.Value.ContentHash)).ToList();
        _web.Before = FailAsync;
        var site = await _crawler.AddSiteAsync(_web.Url("/"));

        var first = await _crawler.CrawlAsync(site);

        Assert.Equal((CrawlRunState.Completed, Pages, 0, 0), (first.State, first.Counters.New, first.Counters.Failed, first.Counters.Queued));
        Assert.Equal(wanted, (await _crawler.DocumentsAsync()).Select(d => (d.Key, d.Value.Title, d.Value.ContentHash)));
        Assert.Equal(Pages, (await _crawler.AnnouncedAsync()).OfType<DocumentChanged>().Select(m => m.DocumentId).Distinct().Count());
        Assert.Equal(Restarts, _restarts);
        Assert.Equal(["429", "500", "503", "drip", "half", "reset"], _faults.Keys.Order(StringComparer.Ordinal));
        Assert.All(_faults.Values, times => Assert.InRange(times, Pages / 6, int.MaxValue));

        // The same hour once more: nothing is gone because its server had trouble.
        _asked.Clear();
        (_answered, _restarts) = (0, 0);
        var second = await _crawler.CrawlAsync(site);

        Assert.Equal(new CrawlCounters { Fetched = Pages, Unchanged = Pages }, second.Counters);
        Assert.All((await _crawler.DocumentsAsync()).Values, d => Assert.Equal(1, d.Version));
    }

    private void Fill()
    {
        _web.Page("/", "Start", "<p>The town and all its houses.</p>" + string.Concat(Enumerable.Range(1, 20).Select(n => $"<a href=/h/{n}>x</a> ")));
        for (var n = 1; n < Pages; n++)
            _web.Page($"/h/{n}", $"House {n}", $"<p>In house number {n} there live {n * 7 % 11} people and {n * 3 % 5} cats.</p><a href=/h/{n + 20}>on</a> <a href=/>start</a>".Replace($"<a href=/h/{n + 20}>on</a>", n + 20 < Pages ? $"<a href=/h/{n + 20}>on</a>" : "", StringComparison.Ordinal));
    }

    /// <summary>Each address fails two to five times, in ways of its own, and now and then the server restarts under all of them.</summary>
    private async Task<bool> FailAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path is "/robots.txt" or "/sitemap.xml")
            return false;

        var time = _asked.AddOrUpdate(path, 1, (_, times) => times + 1);
        var number = path.Length > 3 ? int.Parse(path.AsSpan(3), CultureInfo.InvariantCulture) : 0;
        // A storm of 429 comes first for every third page, as long as it takes; then two faults of its own kind.
        var fault = (time, number % 3) switch
        {
            (<= 3, 0) => time == 3 ? "503" : "429",
            (1 or 4, _) => (number % 4) switch { 0 => "reset", 1 => "half", 2 => "500", _ => "reset" },
            (2 or 5, _) => (number % 5) switch { 0 => "half", 1 => "drip", 2 => "reset", _ => "500" },
            _ => null,
        };
        if (fault is null)
        {
            if (Interlocked.Increment(ref _answered) % (Pages / (Restarts + 1)) == 0 && Volatile.Read(ref _restarts) < Restarts)
                RestartSoon();
            return false;
        }

        _faults.AddOrUpdate(fault, 1, (_, times) => times + 1);
        switch (fault)
        {
            case "429" or "503":
                context.Response.StatusCode = int.Parse(fault, CultureInfo.InvariantCulture);
                context.Response.Headers.RetryAfter = "3600";
                break;
            case "500":
                context.Response.StatusCode = 500;
                break;
            case "half":
                context.Response.ContentType = "text/html";
                context.Response.ContentLength = 5_000;
                await context.Response.WriteAsync("<!doctype html><title>Half", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            case "drip":
                context.Response.ContentType = "text/html";
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.WriteAsync("<p>and", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(50, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                break;
            default:
                context.Abort();
                break;
        }

        return true;
    }

    private void RestartSoon()
    {
        Interlocked.Increment(ref _restarts);
        // Not awaited by the request that started it: it is one of those that the server takes down with it.
        _restart = Task.Run(async () => await _web.RestartAsync(TimeSpan.FromSeconds(1), Token));
    }
}
