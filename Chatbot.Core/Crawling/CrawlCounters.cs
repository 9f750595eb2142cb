namespace Chatbot.Core.Crawling;

/// <summary>What became of a run's URLs. Each URL is in exactly one of them, except that <see cref="Fetched"/> counts answers of the network.</summary>
public sealed record CrawlCounters
{
    /// <summary>Still to do, or being done.</summary>
    public int Queued { get; init; }

    /// <summary>URLs that the server answered, whatever the status.</summary>
    public int Fetched { get; init; }

    public int New { get; init; }

    public int Changed { get; init; }

    public int Unchanged { get; init; }

    public int Gone { get; init; }

    public int Duplicate { get; init; }

    public int Skipped { get; init; }

    public int Failed { get; init; }
}
