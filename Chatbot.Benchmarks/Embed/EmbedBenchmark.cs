using System.Diagnostics;
using System.Runtime.Intrinsics;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Benchmarks.Embed;

/// <summary>
/// How fast the local embedding model is, beside a product of float matrices measured in the same run: rounds of
/// both alternate, medians count, and what is compared are rates for each second of processor time, because other
/// work on the machine takes away more of a second of the clock now than then.
/// </summary>
public static class EmbedBenchmark
{
    private const double MegaflopsPerToken = 42.5;
    private const int Rounds = 5;
    private const int BulkTokens = 6_000;

    /// <summary>Runs it and prints a report.</summary>
    /// <param name="part">"memory", "latency", "rates", or null for all.</param>
    /// <returns>0; goals missed are marked in the report.</returns>
    public static async Task<int> RunAsync(string? part, TextWriter output, CancellationToken cancellationToken)
    {
        var cores = Environment.ProcessorCount;
        await output.WriteLineAsync($"Kernel paths here: {string.Join(", ", KernelPaths.Supported)}; {cores} cores");

        // First of all: memory is only told apart while nothing else has grown the process.
        if (part is null or "memory")
            await ResidentMemory.MeasureAsync(output, cancellationToken);
        if (part is null or "latency")
            await QuestionLatency.MeasureAsync(output, cancellationToken);
        if (part is null or "rates")
        {
            foreach (var path in KernelPaths.Supported.Reverse())
                await MeasureRateAsync(path, cores, output, cancellationToken);
        }

        return 0;
    }

    private static async Task MeasureRateAsync(KernelPath path, int cores, TextWriter output, CancellationToken cancellationToken)
    {
        using var generator = new LocalEmbeddingGenerator(null, path, cores);
        var texts = SampleTexts.Make(BulkTokens, seed: 1);
        var tokens = (await generator.GenerateAsync(texts, null, cancellationToken)).Usage!.InputTokenCount!.Value;
        var clock = new List<double>();
        var rates = new List<double>();
        var narrow = new List<double>();
        var wide = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            narrow.Add(FloatProduct<PortableLanes>.Measure(cores));
            if (Vector512.IsHardwareAccelerated)
                wide.Add(FloatProduct<WideLanes>.Measure(cores));
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await generator.GenerateAsync(texts, null, cancellationToken);
            clock.Add(tokens / Stopwatch.GetElapsedTime(started).TotalSeconds);
            rates.Add(tokens / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }

        var own = rates.Median() * MegaflopsPerToken / 1_000;
        await output.WriteLineAsync($"{path,-8} {clock.Median():N0} tokens/s, best {clock.Max():N0}"
            + $" | a processor second: {rates.Median():N0} tokens = {own:N1} GFLOP"
            + $" | float product {narrow.Median():N1} in Vector<T>: {Ratio(rates, narrow):N2} x"
            + (wide.Count > 0 ? $" | {wide.Median():N1} in 512 bits: {Ratio(rates, wide):N2} x" : ""));
    }

    // Of each round by itself: the load of the machine changes between rounds.
    private static double Ratio(List<double> rates, List<double> floats) =>
        rates.Zip(floats, (rate, product) => rate * MegaflopsPerToken / 1_000 / product).ToList().Median();
}
