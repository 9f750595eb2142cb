using System.Net;
using System.Net.Sockets;
using Chatbot.Crawler.Fetching;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// The browser's only way out: a forward proxy on loopback that resolves and connects by the crawler's own rule for
/// addresses. Whatever a page does, by script, redirect, frame, socket or a name that changes its address, ends here.
/// </summary>
internal sealed partial class LoopbackProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_headTimeout = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _guarded;
    private readonly TimeSpan _connectTimeout;
    private readonly ILogger _logger;
    private readonly int _port;
    private readonly Task _accepting;

    /// <param name="guarded">Refuses addresses that are not of the public internet.</param>
    public LoopbackProxy(bool guarded, TimeSpan connectTimeout, ILogger logger)
    {
        _guarded = guarded;
        _connectTimeout = connectTimeout;
        _logger = logger;
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _ = ServeAsync(client, _stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or the browser hung up while it was connecting.
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await ServeAsync(client.GetStream(), cancellationToken);
            }
            // One connection must not end the proxy; the browser sees that it broke.
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
            {
                LogBroke(error);
            }
        }
    }

    private async Task ServeAsync(NetworkStream client, CancellationToken cancellationToken)
    {
        ProxyHead? head;
        using (var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            clock.CancelAfter(s_headTimeout);
            head = await ProxyHead.ReadAsync(client, clock.Token);
        }

        if (head?.Target() is not { } target)
        {
            // Asked as a web server, or for something other than http: no proxy for that.
            await AnswerAsync(client, 400, "Bad Request", cancellationToken);
            return;
        }

        NetworkStream server;
        try
        {
            server = await ConnectAsync(target, cancellationToken);
        }
        catch (PrivateAddressException refused)
        {
            LogRefused(refused.Message);
            await AnswerAsync(client, 403, "Forbidden", cancellationToken);
            return;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is SocketException or OperationCanceledException)
        {
            await AnswerAsync(client, 502, "Bad Gateway", cancellationToken);
            return;
        }

        await using (server)
        {
            if (head.IsConnect)
                await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), cancellationToken);
            else
                await server.WriteAsync(head.ToServer(target), cancellationToken);
            await server.WriteAsync(head.Rest, cancellationToken);
            await RelayAsync(client, server, head.IsConnect, cancellationToken);
        }
    }

    private async Task<NetworkStream> ConnectAsync(Uri target, CancellationToken cancellationToken)
    {
        // Itself, in a circle without end.
        if (target.Port == _port && target.IsLoopback)
            throw new PrivateAddressException($"{target.Authority} is this proxy");

        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(_connectTimeout);
        return await GuardedConnector.ConnectAsync(target.IdnHost, target.Port, _guarded, clock.Token);
    }

    private static async Task RelayAsync(NetworkStream client, NetworkStream server, bool isTunnel, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = client.CopyToAsync(server, ended.Token);
        var down = DownAsync(client, server, isTunnel, ended.Token);
        // Whoever ends first: a server that closes has said all, and a browser that closes wants no more.
        await Task.WhenAny(up, down);
        await ended.CancelAsync();
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task DownAsync(NetworkStream client, NetworkStream server, bool isTunnel, CancellationToken cancellationToken)
    {
        while (!isTunnel)
        {
            if (await ProxyHead.ReadAsync(server, cancellationToken) is not { } head)
                return;

            // One request a connection: the next one may be for another host.
            await client.WriteAsync(head.ToClient(), cancellationToken);
            await client.WriteAsync(head.Rest, cancellationToken);
            if (!head.IsInterim)
                break;
        }

        await server.CopyToAsync(client, cancellationToken);
    }

    private static async Task AnswerAsync(NetworkStream client, int status, string reason, CancellationToken cancellationToken) =>
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellationToken);

    [LoggerMessage(LogLevel.Information, "A page's request was refused: {Detail}")]
    private partial void LogRefused(string detail);

    [LoggerMessage(LogLevel.Debug, "A connection of the browser broke")]
    private partial void LogBroke(Exception error);
}
