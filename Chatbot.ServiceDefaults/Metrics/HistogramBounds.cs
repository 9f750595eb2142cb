using System.Diagnostics.Metrics;
using System.Numerics;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>Upper bounds of a histogram's buckets, ascending, without the infinite last one.</summary>
internal static class HistogramBounds
{
    /// <summary>Those of OpenTelemetry's HTTP conventions, widened to both sides: a cache answers in 1 ms, a model in a minute.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] Milliseconds = [.. Seconds.Select(bound => bound * 1000)];

    private static readonly double[] Bytes = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>The default of OpenTelemetry's SDK.</summary>
    private static readonly double[] Plain = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] For(Instrument instrument) => Advised(instrument) ?? instrument.Unit switch
    {
        "s" => Seconds,
        "ms" => Milliseconds,
        "By" => Bytes,
        _ => Plain,
    };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> typed => Convert(typed),
        Histogram<float> typed => Convert(typed),
        Histogram<decimal> typed => Convert(typed),
        Histogram<long> typed => Convert(typed),
        Histogram<int> typed => Convert(typed),
        Histogram<short> typed => Convert(typed),
        Histogram<byte> typed => Convert(typed),
        _ => null,
    };

    private static double[]? Convert<T>(Histogram<T> histogram)
        where T : struct, INumber<T> =>
        histogram.Advice?.HistogramBucketBoundaries is { } bounds ? [.. bounds.Select(double.CreateSaturating)] : null;
}
