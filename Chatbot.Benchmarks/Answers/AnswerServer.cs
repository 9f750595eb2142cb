using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chatbot.Benchmarks.Answers;

/// <summary>The product as a process of its own, on a free port of 127.0.0.1; killed when it is disposed of.</summary>
internal sealed class AnswerServer : IAsyncDisposable
{
    private static readonly string[] s_settings = ["CHATBOT", "OPENAI", "CHAT_", "ASPNETCORE", "HTTP_PORTS", "OTEL", "Llm__"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private AnswerServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    public static async Task<AnswerServer> StartAsync(string data, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Chatbot.Server.dll"), "serve", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => s_settings.Any(key.StartsWith)).ToList()) start.Environment.Remove(name);
        start.Environment["CHATBOT_DATA"] = data;
        // All visitors have one address here.
        start.Environment["RateLimits__QuestionsPerMinute"] = "0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var server = new AnswerServer(Process.Start(start)!, port);
        server.process.OutputDataReceived += static (_, _) => { };
        server.process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.UntilAliveAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private async Task UntilAliveAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(started) < s_patience)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
