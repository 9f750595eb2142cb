namespace Chatbot.ServiceDefaults.Metrics;

internal enum MetricKind
{
    Counter,
    UpDownCounter,
    Gauge,
    Histogram,
}
