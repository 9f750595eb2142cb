using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>An nginx before a server, on a free port of 127.0.0.1, with the buffering and compression that it has by itself.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TemporaryDirectory _directory;
    private bool _isDisposed;

    private NginxProxy(Process process, TemporaryDirectory directory, int port) => (_process, _directory, Address) = (process, directory, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    public static async Task<NginxProxy> StartAsync(Uri server, CancellationToken cancellationToken)
    {
        var (directory, port) = (new TemporaryDirectory(), FreePort.Next());
        var folder = directory.Path;
        var config = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(config, $$"""
            daemon off; worker_processes 1; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log crit;
            events { worker_connections 256; }
            http {
              access_log off; gzip on;
              client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              server { listen 127.0.0.1:{{port}}; location / { proxy_pass {{server.GetLeftPart(UriPartial.Authority)}}; } }
            }
            """, cancellationToken);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-c", config, "-p", folder]) { RedirectStandardError = true })!;
        while (!await AnswersAsync(port, cancellationToken))
        {
            Assert.False(process.HasExited, "nginx did not start.");
            await Task.Delay(20, cancellationToken);
        }

        return new NginxProxy(process, directory, port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
