using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chatbot.Crawler;

/// <summary>What the crawler tells of itself: a span a page, counters of what became of pages.</summary>
internal static class CrawlerTelemetry
{
    public const string Name = "Chatbot.Crawler";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);

    /// <summary>Visits to pages, by what came of them.</summary>
    public static readonly Counter<long> Visits = s_meter.CreateCounter<long>("chatbot.crawler.visits", "{page}", "Visits to pages, by outcome.");

    public static readonly Counter<long> Bytes = s_meter.CreateCounter<long>("chatbot.crawler.bytes", "By", "Bytes of page bodies, decompressed.");

    public static readonly Histogram<double> Duration = s_meter.CreateHistogram<double>("chatbot.crawler.fetch.duration", "s", "Time to fetch a page, pauses for politeness aside.");
}
