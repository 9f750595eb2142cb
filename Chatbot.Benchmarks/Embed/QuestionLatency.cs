using System.Diagnostics;
using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Benchmarks.Embed;

/// <summary>What a visitor waits for a question's vector: alone, and fifty at once beside bulk embedding.</summary>
internal static class QuestionLatency
{
    private const string Question = "How do I reset my password?";
    private const int Alone = 500;
    private const int Askers = 50;
    private const int QuestionsEach = 20;

    public static async Task MeasureAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var generator = new LocalEmbeddingGenerator();
        var tokens = (await generator.GetTokenIdsAsync(Question, EmbeddingKind.Query, cancellationToken)).Count;
        await AskAsync(generator, 20, cancellationToken);
        await ReportAsync(output, $"Question of {tokens} tokens, alone", await AskAsync(generator, Alone, cancellationToken), 0.5, 10);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var bulk = EmbedUntilAsync(generator, enough.Token);
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var askers = Enumerable.Range(0, Askers).Select(_ => AskAsync(generator, QuestionsEach, cancellationToken));
        var times = (await Task.WhenAll(askers)).SelectMany(list => list).ToList();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var share = (Environment.CpuUsage.TotalTime - used) / elapsed / Environment.ProcessorCount;
        await enough.CancelAsync();
        await bulk;
        await ReportAsync(output, $"{Askers} at once beside bulk", times, 0.99, 150);
        // Says what the figures are worth: on a busy machine they are those of a slower one.
        await output.WriteLineAsync($"  {times.Count / elapsed.TotalSeconds:N0} questions a second; the process had {share:P0} of the processors");
    }

    private static async Task<List<double>> AskAsync(LocalEmbeddingGenerator generator, int count, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await generator.GenerateAsync([Question], EmbeddingKind.ForQueries(), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static async Task EmbedUntilAsync(LocalEmbeddingGenerator generator, CancellationToken enough)
    {
        var texts = SampleTexts.Make(4_000, seed: 3);
        try
        {
            while (!enough.IsCancellationRequested)
                await generator.GenerateAsync(texts, null, enough);
        }
        catch (OperationCanceledException)
        {
            // This is how it ends: the questions are through.
        }
    }

    private static Task ReportAsync(TextWriter output, string name, List<double> times, double goalShare, double goal) =>
        output.WriteLineAsync($"{name}: p50 {times.Median():N2} ms, p90 {times.Quantile(0.9):N2} ms, p99 {times.Quantile(0.99):N2} ms, longest {times.Max():N2} ms"
            + $" (goal p{goalShare * 100:N0} < {goal} ms: {(times.Quantile(goalShare) < goal ? "met" : "missed")})");
}
