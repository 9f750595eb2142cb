using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Chatbot.Benchmarks.Embed;
using Chatbot.Benchmarks.Search;

namespace Chatbot.Benchmarks.Answers;

/// <summary>Opens streams one after the other until all are open at once, and looks whether each gets all of its answer.</summary>
internal static class ManyStreams
{
    // Visitors do not ask in the same moment; the last one asks while the first one still reads.
    private static readonly TimeSpan s_arrival = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(AnswerServer server, ScriptedProvider model, IReadOnlyList<string> questions, int count, Report report, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(3) };
        await foreach (var _ in AnswerEvents.AskAsync(client, "warm", trace: false, cancellationToken))
        {
        }

        var (open, most, before) = (0, 0, server.Processor);
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(async place =>
        {
            await Task.Delay(s_arrival * place / count, cancellationToken);
            var now = Interlocked.Increment(ref open);
            InterlockedMax(ref most, now);
            try
            {
                // Each its own, so that none is taken from the cache.
                return await ReadAsync(client, $"{questions[place % questions.Count]} ({place})", model.Text, cancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return (First: double.MaxValue, IsWhole: false, IsAnswered: true);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }));
        var asked = results.Where(result => result.IsAnswered).ToList();
        report.Add("streams", $"{asked.Count(result => result.IsWhole):N0} of {asked.Count:N0} whole", $"at most {most:N0} open at once; {count - asked.Count:N0} questions were refused before a model was asked");
        var times = asked.ConvertAll(result => result.First);
        report.Add("to the first word", $"p50 {times.Median():N0} ms, p95 {times.Quantile(0.95):N0} ms, most {times.Max():N0} ms", $"p95 < 2,000 ms: {Report.Verdict(times.Quantile(0.95) < 2_000)}");
        report.Add("the server", $"{(server.Processor - before).TotalSeconds:N1} s of processor time", $"{server.Megabytes:N0} MB");
    }

    private static async Task<(double First, bool IsWhole, bool IsAnswered)> ReadAsync(HttpClient client, string question, string expected, CancellationToken cancellationToken)
    {
        var (started, first, text) = (Stopwatch.GetTimestamp(), 0.0, new StringBuilder());
        await foreach (var item in AnswerEvents.AskAsync(client, question, trace: false, cancellationToken))
        {
            if (item.EventType == "delta")
            {
                if (first == 0) first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                text.Append(JsonSerializer.Deserialize<JsonElement>(item.Data).GetProperty("text").GetString());
            }
            else if (item.EventType == "done")
            {
                // What the model says stands in no source, and is marked where there was time to look.
                var done = JsonSerializer.Deserialize<JsonElement>(item.Data);
                return (first, !done.GetProperty("degraded").GetBoolean() && text.ToString().Replace(" [?]", "", StringComparison.Ordinal) == expected, !done.GetProperty("refused").GetBoolean());
            }
        }

        return (first, false, true);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }
}
