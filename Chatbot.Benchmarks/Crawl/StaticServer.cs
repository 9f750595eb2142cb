using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>An nginx of its own on 127.0.0.1, with and without validators, whose log tells when requests came.</summary>
internal sealed class StaticServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;

    private StaticServer(Process process, string log, int port, int portWithoutValidators)
    {
        (_process, _log) = (process, log);
        (Port, PortWithoutValidators) = (port, portWithoutValidators);
    }

    public int Port { get; }

    public int PortWithoutValidators { get; }

    public static async Task<StaticServer> StartAsync(string folder, string directory, CancellationToken cancellationToken)
    {
        var (port, other, log) = (FreePort(), FreePort(), Path.Combine(directory, "access.log"));
        var config = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(config, $$"""
            daemon off; worker_processes 1; pid {{directory}}/nginx.pid; error_log {{directory}}/error.log crit;
            events { worker_connections 256; }
            http {
              types { text/html html; text/css css; image/svg+xml svg; }
              default_type application/octet-stream; sendfile on; keepalive_requests 100000;
              log_format times '$msec $status'; access_log {{log}} times;
              client_body_temp_path {{directory}}/b; proxy_temp_path {{directory}}/p; fastcgi_temp_path {{directory}}/f; uwsgi_temp_path {{directory}}/u; scgi_temp_path {{directory}}/s;
              server { listen 127.0.0.1:{{port}}; root {{folder}}; }
              server { listen 127.0.0.1:{{other}}; root {{folder}}; etag off; if_modified_since off; add_header Last-Modified ""; }
            }
            """, cancellationToken);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-c", config, "-p", directory]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("nginx could not be started.");
        for (var tries = 0; !await AnswersAsync(port, cancellationToken); tries++)
        {
            if (process.HasExited || tries > 100)
                throw new InvalidOperationException($"nginx does not answer: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
            await Task.Delay(50, cancellationToken);
        }

        return new StaticServer(process, log, port, other);
    }

    /// <summary>Forgets what was asked so far.</summary>
    public void Mark() => File.WriteAllText(_log, "");

    /// <summary>The requests since, and the seconds from the first to the last.</summary>
    public (int Requests, double Seconds) Read()
    {
        var times = File.ReadLines(_log).Where(l => l.Length > 0).Select(l => double.Parse(l.Trim('\0').Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        return times.Count < 2 ? (times.Count, 0) : (times.Count, times.Max() - times.Min());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
