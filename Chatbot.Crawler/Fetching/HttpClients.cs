using System.Net;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Fetching;

/// <summary>
/// The connections of the crawler. Two pools, because a connection that was made with leave to reach private addresses
/// must not serve a site without it.
/// </summary>
internal sealed class HttpClients : IDisposable
{
    private readonly HttpMessageInvoker _open;
    private readonly HttpMessageInvoker _guarded;

    public HttpClients(IOptions<CrawlerOptions> options)
    {
        var fetch = options.Value.Fetch;
        _open = new HttpMessageInvoker(CreateHandler(fetch, guarded: false));
        _guarded = new HttpMessageInvoker(CreateHandler(fetch, guarded: true));
    }

    public HttpMessageInvoker For(bool allowPrivateAddresses) => allowPrivateAddresses ? _open : _guarded;

    public void Dispose()
    {
        _open.Dispose();
        _guarded.Dispose();
    }

    internal static SocketsHttpHandler CreateHandler(FetchOptions options, bool guarded) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would resolve names itself, past the guard.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // What is not read of a refused body is cheaper to leave with its connection than to read.
        MaxResponseDrainSize = 64 * 1024,
        MaxResponseHeadersLength = 64,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancellationToken) => await GuardedConnector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, guarded, cancellationToken),
    };
}
