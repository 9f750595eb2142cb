using System.Net;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Fetching;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Robots;

/// <summary>Fetches a robots.txt and reads from the answer what RFC 9309, 2.3.1, says follows from it. Safe for concurrent use.</summary>
internal sealed class RobotsFetcher(HttpClients clients, IOptions<CrawlerOptions> options, TimeProvider time)
{
    // RFC 9309, 2.3.1.2: at least five redirects in a row are followed; more count as "not there".
    private const int MaxRedirects = 5;

    /// <param name="origin">Scheme, host and port. Rules reached by redirects count for it.</param>
    public async Task<RobotsFetchResult> FetchAsync(string origin, bool allowPrivateAddresses, SiteSession? session, CancellationToken cancellationToken)
    {
        var fetch = options.Value.Fetch;
        var url = new Uri(origin + "/robots.txt");
        using var clock = new CancellationTokenSource(fetch.ConnectTimeout + fetch.ResponseTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                using var response = await SendAsync(url, allowPrivateAddresses, session, stop.Token);
                var status = (int)response.StatusCode;
                if (status is 301 or 302 or 303 or 307 or 308)
                {
                    if (response.Headers.Location is not { } location
                        || !Uri.TryCreate(url, location, out var target)
                        || (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps))
                        return new RobotsFetchResult.None();

                    url = target;
                    continue;
                }

                if (status is >= 200 and < 300)
                    return new RobotsFetchResult.Found(RobotsFile.Parse(await ReadAsync(response.Content, stop.Token)));

                // 429 asks for patience, whatever the letter of the RFC allows.
                return status is >= 500 or 429
                    ? new RobotsFetchResult.Unavailable(PageReasons.RobotsUnavailable, $"{url} answered {status} {response.ReasonPhrase}".TrimEnd(), true, response.Headers.RetryAfter?.Delta)
                    : new RobotsFetchResult.None();
            }

            return new RobotsFetchResult.None();
        }
        catch (Exception) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new RobotsFetchResult.Unavailable(PageReasons.TimedOut, $"{url} did not answer in time", true, null);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidOperationException or NotSupportedException)
        {
            var failed = FetchErrors.Describe(error, url.Host);
            return new RobotsFetchResult.Unavailable(failed.Reason, failed.Detail, failed.IsRetryable, null);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, bool allowPrivateAddresses, SiteSession? session, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", options.Value.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "text/plain,*/*;q=0.1");
        return session is not null ? await session.SendAsync(message, cancellationToken) : await clients.For(allowPrivateAddresses).SendAsync(message, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        // One octet more tells the parser that the file goes on.
        var buffer = new byte[RobotsFile.MaxBytes + 1];
        var used = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..used];
    }
}
