using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chatbot.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Logging;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>
/// Keeps the current values of our meters for <c>/metrics</c>, without the OpenTelemetry SDK: its Prometheus
/// exporter is a package of its own, and this costs less. Safe for concurrent use; recording takes no lock
/// and allocates nothing once a series exists.
/// </summary>
internal sealed partial class MetricStore : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new();
    private readonly Lock _scraping = new();
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _ownMeters;
    private readonly ILogger<MetricStore> _logger;

    public MetricStore(IMeterFactory ownMeters, ILogger<MetricStore> logger)
    {
        _ownMeters = ownMeters;
        _logger = logger;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter) && FamilyOf(instrument) is { } family)
                listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
    }

    public void Start() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    /// <summary>Writes all metrics in text exposition format 0.0.4, sorted by name.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new ExpositionWriter(output);
        lock (_scraping)
        {
            Observe();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.Write(writer);
        }
    }

    private void Observe()
    {
        foreach (var family in _families.Values)
        {
            if (family.IsObservable)
                family.Clear();
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException error)
        {
            // One broken gauge must not hide all the others, which have been asked all the same.
            LogObservationFailed(error);
        }
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    // Meters of a factory belong to one application; a process may hold several, as the tests do.
    private bool IsOurs(Meter meter) =>
        TelemetryNames.Matches(TelemetryNames.Meters, meter.Name)
        && (meter.Scope is not IMeterFactory factory || ReferenceEquals(factory, _ownMeters));

    private MetricFamily? FamilyOf(Instrument instrument)
    {
        if (KindOf(instrument) is not { } kind)
            return null;
        var name = MetricNames.Metric(instrument.Name, instrument.Unit, kind);
        var bounds = kind == MetricKind.Histogram ? HistogramBounds.For(instrument) : [];
        var family = _families.GetOrAdd(name, _ => new MetricFamily(name, kind, instrument.IsObservable, instrument.Description, bounds));
        if (family.Kind == kind && family.IsObservable == instrument.IsObservable)
            return family;

        LogConflict(instrument.Name, instrument.Meter.Name, name);
        return null;
    }

    private static MetricKind? KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType)
            return null;
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>))
            return MetricKind.Counter;
        if (definition == typeof(UpDownCounter<>) || definition == typeof(ObservableUpDownCounter<>))
            return MetricKind.UpDownCounter;
        if (definition == typeof(Gauge<>) || definition == typeof(ObservableGauge<>))
            return MetricKind.Gauge;
        return definition == typeof(Histogram<>) ? MetricKind.Histogram : null;
    }

    [LoggerMessage(LogLevel.Warning, "A metric could not be observed")]
    private partial void LogObservationFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "Instrument {Instrument} of meter {Meter} is left out: {Metric} exists with another type")]
    private partial void LogConflict(string instrument, string meter, string metric);
}
