using System.Net;
using System.Net.Sockets;
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

    private static SocketsHttpHandler CreateHandler(FetchOptions options, bool guarded) => new()
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
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, guarded, cancellationToken),
    };

    // Checked where the connection is made, on the very address that is connected to: a name that resolves to
    // something else a moment later gains nothing.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, bool guarded, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(endPoint.Host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var allowed = guarded ? Array.FindAll(addresses, AddressGuard.IsPublic) : addresses;
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new PrivateAddressException($"{endPoint.Host} is {addresses[0]}, an address of a private network");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
