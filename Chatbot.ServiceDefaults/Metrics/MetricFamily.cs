using System.Collections.Concurrent;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>
/// All series of one metric. Labels can hold what strangers send, so the number of series is limited; what comes
/// later is counted together under one label. Safe for concurrent use.
/// </summary>
internal sealed class MetricFamily
{
    /// <summary>About 100 bytes a series, 250 for a histogram: a metric out of hand stays under a quarter of a megabyte.</summary>
    public const int MaxSeries = 1000;

    /// <summary>The label that OpenTelemetry's SDKs use for the same purpose.</summary>
    public const string OverflowLabels = "otel_metric_overflow=\"true\"";

    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(LabelSetComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>
        .AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly SortedDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly double[] _bounds;
    private readonly string? _help;

    public MetricFamily(string name, MetricKind kind, bool isObservable, string? help, double[] bounds)
    {
        Name = name;
        Kind = kind;
        IsObservable = isObservable;
        _help = help;
        _bounds = bounds;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    /// <summary>True when the values are asked for at each scrape, not told as they happen.</summary>
    public bool IsObservable { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (double.IsNaN(value))
            return;
        if (!_lookup.TryGetValue(tags, out var series))
            series = Find(tags);
        series.Record(value);
    }

    /// <summary>Before observing anew: a sum is told in full each time, and a series may be gone.</summary>
    public void Clear()
    {
        lock (_adding)
        {
            _byTags.Clear();
            _byLabels.Clear();
        }
    }

    public void Write(ExpositionWriter writer)
    {
        lock (_adding)
        {
            if (_byLabels.Count == 0)
                return;
            writer.Header(Name, _help, Kind);
            foreach (var series in _byLabels.Values)
                series.Write(writer, Name);
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            if (_byTags.Count >= MaxSeries)
                return ByLabels(OverflowLabels);
            // Different tags may read the same, such as 200 and "200": one series, or the text would be invalid.
            var series = ByLabels(LabelText.From(tags));
            _lookup[tags] = series;
            return series;
        }
    }

    private MetricSeries ByLabels(string labels)
    {
        if (!_byLabels.TryGetValue(labels, out var series))
            _byLabels[labels] = series = Create(labels);
        return series;
    }

    private MetricSeries Create(string labels) => Kind switch
    {
        MetricKind.Histogram => new HistogramSeries(labels, _bounds),
        MetricKind.Gauge => new GaugeSeries(labels),
        _ => new SumSeries(labels),
    };
}
