using System.IO.Compression;
using System.Net;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Sitemaps;

/// <summary>
/// Fetches a sitemap or feed as politely as a page: robots.txt and the host's pauses hold, for every redirect, too.
/// Never throws for what a server does. Safe for concurrent use.
/// </summary>
internal sealed class SitemapFetcher(HttpClients clients, RobotsCache robots, HostGates gates, IOptions<CrawlerOptions> options, TimeProvider time)
{
    private const int MaxRedirects = 5;

    public async Task<SitemapFetchResult> FetchAsync(RunContext run, Uri url, CancellationToken cancellationToken)
    {
        if (run.Memory?.FindSitemap(url.AbsoluteUri) is { } known)
            return known;

        var result = await FollowAsync(run, url, cancellationToken);
        run.Memory?.KeepSitemap(url.AbsoluteUri, result);
        return result;
    }

    private async Task<SitemapFetchResult> FollowAsync(RunContext run, Uri url, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            var (result, target) = await FetchOnceAsync(run, url, cancellationToken);
            if (result is not null)
                return result;

            url = target!;
        }

        return new SitemapFetchResult.Failed(PageReasons.TooManyRedirects, $"more than {MaxRedirects} redirects in a row", false);
    }

    /// <returns>A result, or where to ask instead.</returns>
    private async Task<(SitemapFetchResult? Result, Uri? Target)> FetchOnceAsync(RunContext run, Uri url, CancellationToken cancellationToken)
    {
        var site = run.Site;
        var answer = await robots.GetAsync(url, site.AllowPrivateAddresses, run.Session, cancellationToken);
        if (answer is RobotsAnswer.Unavailable unavailable)
            return (new SitemapFetchResult.Failed(unavailable.Reason, unavailable.Detail, unavailable.IsRetryable) { RetryAfter = unavailable.RetryAt - time.GetUtcNow() }, null);

        var rules = ((RobotsAnswer.Known)answer).Rules;
        if (rules.Check(url.AbsoluteUri) is { Allowed: false, Rule: var rule })
            return (new SitemapFetchResult.Failed(PageReasons.Robots, $"robots.txt: {rule}", false), null);

        var gate = await gates.GetAsync(url, site.AllowPrivateAddresses, cancellationToken);
        using var turn = await gate.EnterAsync(site.HostDelay, rules.CrawlDelay, cancellationToken);
        if (turn is null)
            return (new SitemapFetchResult.Failed(PageReasons.HostDown, $"{url.Authority} does not answer any more", true), null);

        var fetch = options.Value.Fetch;
        using var clock = new CancellationTokenSource(fetch.ConnectTimeout + fetch.ResponseTimeout + fetch.BodyTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            using var message = CreateMessage(url);
            using var response = run.Session is { } session
                ? await session.SendAsync(message, stop.Token)
                : await clients.For(site.AllowPrivateAddresses).SendAsync(message, stop.Token);
            var status = (int)response.StatusCode;
            if (status is 429 or 503)
                gate.Overloaded(response.Headers.RetryAfter?.Delta);
            if (status is 301 or 302 or 303 or 307 or 308)
            {
                return response.Headers.Location is { } location && Uri.TryCreate(url, location, out var target) && target.Scheme is "http" or "https"
                    ? (null, target)
                    : (new SitemapFetchResult.Failed(PageReasons.MalformedAnswer, $"{status} without a usable Location", false) { Status = status }, null);
            }

            return (status is 200 ? await ReadAsync(response.Content, stop.Token) : HttpError(response, status), null);
        }
        catch (Exception) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (new SitemapFetchResult.Failed(PageReasons.TimedOut, $"{url} was not through in time", true), null);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidOperationException or NotSupportedException)
        {
            var failed = FetchErrors.Describe(error, url.Host);
            return (new SitemapFetchResult.Failed(failed.Reason, failed.Detail, failed.IsRetryable), null);
        }
    }

    private HttpRequestMessage CreateMessage(Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Headers.TryAddWithoutValidation("User-Agent", options.Value.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/xml,text/xml,application/rss+xml,application/atom+xml,text/plain;q=0.8,*/*;q=0.5");
        return message;
    }

    private static SitemapFetchResult.Failed HttpError(HttpResponseMessage response, int status) => new(
        status is 404 or 410 ? PageReasons.NotFound : PageReasons.HttpError,
        $"{status} {response.ReasonPhrase}".TrimEnd(),
        status is 408 or 425 or 429 or >= 500 and not (501 or 505))
    {
        Status = status,
        RetryAfter = response.Headers.RetryAfter?.Delta,
    };

    private static async Task<SitemapFetchResult> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        if (await ReadAllAsync(stream, cancellationToken) is not { } body)
            return TooLarge();
        if (body.Length < 2 || body.GetBuffer()[0] != 0x1F || body.GetBuffer()[1] != 0x8B)
            return new SitemapFetchResult.Found(body.GetBuffer().AsMemory(0, (int)body.Length));

        // By its bytes, not by its name: some servers undo the compression on the way, some do not.
        body.Position = 0;
        await using var unpacking = new GZipStream(body, CompressionMode.Decompress);
        return await ReadAllAsync(unpacking, cancellationToken) is { } unpacked
            ? new SitemapFetchResult.Found(unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length))
            : TooLarge();
    }

    private static SitemapFetchResult.Failed TooLarge() => new(PageReasons.TooLarge, $"more than {SitemapParser.MaxBytes / 1_048_576} MB", false) { Status = 200 };

    /// <returns>Null when there is more than a sitemap may have.</returns>
    private static async Task<MemoryStream?> ReadAllAsync(Stream source, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (all.Length + read > SitemapParser.MaxBytes)
                return null;

            all.Write(buffer, 0, read);
        }

        return all;
    }
}
