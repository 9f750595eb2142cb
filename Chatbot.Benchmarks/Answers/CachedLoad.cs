using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Chatbot.Benchmarks.Search;

namespace Chatbot.Benchmarks.Answers;

/// <summary>
/// Asks for cached answers over many connections, each as soon as it has the answer before. By plain sockets: an HTTP client
/// would take as much of the shared cores as the server.
/// </summary>
internal static class CachedLoad
{
    private const int Connections = 64;
    private const int Goal = 3_000;

    public static async Task RunAsync(AnswerServer server, IReadOnlyList<string> questions, TimeSpan time, Report report, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        // Twice: the first answer is kept, the second shows that it is.
        var kept = new List<byte[]>();
        foreach (var question in questions)
        {
            for (var i = 0; i < 2; i++)
            {
                using var response = await client.PostAsJsonAsync(new Uri("/api/chat", UriKind.Relative), new { question, stream = false }, cancellationToken);
                var reply = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                if (i == 1 && reply.GetProperty("cached").GetBoolean()) kept.Add(Request(server.Port, question));
            }
        }

        var (warm, half) = (TimeSpan.FromSeconds(2), new List<double>());
        await MeasureAsync(server.Port, kept, warm, half, cancellationToken);
        var (times, before) = (new List<double>(), server.Processor);
        var started = Stopwatch.GetTimestamp();
        await MeasureAsync(server.Port, kept, time, times, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var perSecond = times.Count / elapsed.TotalSeconds;
        report.Add("cached answers", $"{perSecond:N0}/s", $"{kept.Count} questions, {Connections} connections, goal {Goal:N0}: {Report.Verdict(perSecond >= Goal)}");
        report.AddTimes("a cached answer", times);
        report.Add("the server's processor time", $"{(server.Processor - before).TotalMilliseconds * 1_000 / times.Count:N0} µs an answer", $"{server.Megabytes:N0} MB");
    }

    private static async Task MeasureAsync(int port, List<byte[]> requests, TimeSpan time, List<double> times, CancellationToken cancellationToken)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, Connections).Select(place => Task.Run(() => AskAsync(port, requests, place, end, cancellationToken), cancellationToken)));
        foreach (var some in all) times.AddRange(some);
    }

    private static async Task<List<double>> AskAsync(int port, List<byte[]> requests, int place, long end, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var (buffer, times) = (new byte[64 * 1024], new List<double>());
        for (var next = place; Stopwatch.GetTimestamp() < end; next++)
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[next % requests.Count], cancellationToken);
            var length = 0;
            while (!IsWhole(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0) throw new IOException("The server closed the connection.");
                length += read;
            }

            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8) || buffer.AsSpan(0, length).IndexOf("\"cached\":true"u8) < 0)
                throw new InvalidOperationException($"Not a cached answer: {Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 2_000))}");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    // Either way in which Kestrel ends a body.
    private static bool IsWhole(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var place = response[..head].IndexOf("Content-Length: "u8);
        if (place < 0) return response.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(response[(place + 16)..], out int length, out _) && response.Length >= head + 4 + length;
    }

    private static byte[] Request(int port, string question)
    {
        var body = JsonSerializer.Serialize(new { question, stream = false });
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
    }
}
