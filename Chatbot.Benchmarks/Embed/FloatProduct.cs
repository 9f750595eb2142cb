using System.Diagnostics;
using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Benchmarks.Embed;

/// <summary>The yardstick: our own register-blocked product of floats, weights ready in panels, in the sizes of the
/// encoder's largest layer, on all cores at once.</summary>
internal static class FloatProduct<TLanes> where TLanes : struct, ILanes<TLanes>
{
    private const int Rows = 96;
    private const int Inner = 384;
    private const int Columns = 1536;
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(200);

    /// <returns>GFLOP for each second of processor time.</returns>
    public static double Measure(int threads)
    {
        var products = new double[threads];
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(() => products[i] = MeasureThread())).ToArray();
        var used = Environment.CpuUsage.TotalTime;
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        return products.Sum() / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    private static double MeasureThread()
    {
        var left = new float[Rows * Inner];
        var panels = new AlignedArray<float>(Inner * Columns);
        var destination = new float[Rows * Columns];
        Array.Fill(left, 0.5f);
        panels.Span.Fill(0.25f);
        Multiply(left, panels.Span, destination);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < Duration; count++)
            Multiply(left, panels.Span, destination);
        return 2.0 * Rows * Inner * Columns * (count + 1) / 1e9;
    }

    private static void Multiply(float[] left, ReadOnlySpan<float> panels, float[] destination) =>
        FloatPanels<TLanes>.Multiply(left, Inner, Rows, Inner, panels, Columns / FloatPanels<TLanes>.Width, destination, Columns);
}
