using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chatbot.Tests.Api.Handovers;

/// <summary>A mail server on a free port of 127.0.0.1: takes what it is sent, or refuses the first so many.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _mails = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _serving;
    private int _refusals;

    public ScriptedMailServer(int refusals = 0)
    {
        _refusals = refusals;
        _listener.Start();
        _serving = ServeAsync(_ended.Token);
    }

    /// <summary>What came, headers and all.</summary>
    public IReadOnlyCollection<string> Mails => _mails;

    public Dictionary<string, string?> Settings => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Smtp:Tls"] = "false",
        ["Smtp:From"] = "chatbot@town.example",
    };

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        _ended.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                try
                {
                    await SpeakAsync(client.GetStream(), cancellationToken);
                }
                catch (IOException)
                {
                    // Who was refused may leave without a word.
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task SpeakAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync("220 scripted");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("MAIL", StringComparison.Ordinal) && Interlocked.Decrement(ref _refusals) >= 0)
            {
                await SayAsync("451 come again");
            }
            else if (line == "DATA")
            {
                await SayAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(cancellationToken) is { } part && part != ".") mail.Append(part).Append('\n');
                _mails.Enqueue(mail.ToString());
                await SayAsync("250 taken");
            }
            else
            {
                await SayAsync(line == "QUIT" ? "221 bye" : "250 ok");
                if (line == "QUIT") return;
            }
        }

        async Task SayAsync(string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), cancellationToken);
    }
}
