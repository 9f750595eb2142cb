namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>The values of one metric for one set of labels. Safe for concurrent use; recording takes no lock.</summary>
internal abstract class MetricSeries(string labels)
{
    public string Labels { get; } = labels;

    public abstract void Record(double value);

    public abstract void Write(ExpositionWriter writer, string name);

    protected static void Add(ref double total, double value)
    {
        double seen;
        do
        {
            seen = Volatile.Read(ref total);
        }
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref total, seen + value, seen))
            != BitConverter.DoubleToInt64Bits(seen));
    }
}

internal sealed class SumSeries(string labels) : MetricSeries(labels)
{
    private double _sum;

    public override void Record(double value) => Add(ref _sum, value);

    public override void Write(ExpositionWriter writer, string name) => writer.Sample(name, Labels, Volatile.Read(ref _sum));
}

internal sealed class GaugeSeries(string labels) : MetricSeries(labels)
{
    private double _last;

    public override void Record(double value) => Volatile.Write(ref _last, value);

    public override void Write(ExpositionWriter writer, string name) => writer.Sample(name, Labels, Volatile.Read(ref _last));
}

internal sealed class HistogramSeries(string labels, double[] bounds) : MetricSeries(labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        Add(ref _sum, value);
    }

    public override void Write(ExpositionWriter writer, string name)
    {
        // The count is the sum of the buckets just read, so that both agree while others record.
        var count = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            count += Volatile.Read(ref _counts[i]);
            writer.Bucket(name, Labels, i < bounds.Length ? bounds[i] : double.PositiveInfinity, count);
        }

        writer.Sample(name, Labels, Volatile.Read(ref _sum), "_sum");
        writer.Sample(name, Labels, count, "_count");
    }
}
