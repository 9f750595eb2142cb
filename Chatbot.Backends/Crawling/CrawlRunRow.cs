using Chatbot.Backends.Data;
using Chatbot.Core.Crawling;

namespace Chatbot.Backends.Crawling;

/// <summary>A row of the table <c>crawl_runs</c>.</summary>
internal sealed class CrawlRunRow
{
    public const string Columns =
        "id, site_id, state, mode, message, created_at, started_at, finished_at, fetched, new_pages, changed_pages, unchanged_pages, "
        + "gone_pages, duplicate_pages, skipped_pages, failed_pages, queued_pages";

    public string Id { get; set; } = "";

    public string SiteId { get; set; } = "";

    public string State { get; set; } = "";

    public string Mode { get; set; } = "";

    public string? Message { get; set; }

    public long CreatedAt { get; set; }

    public long? StartedAt { get; set; }

    public long? FinishedAt { get; set; }

    public int Fetched { get; set; }

    public int NewPages { get; set; }

    public int ChangedPages { get; set; }

    public int UnchangedPages { get; set; }

    public int GonePages { get; set; }

    public int DuplicatePages { get; set; }

    public int SkippedPages { get; set; }

    public int FailedPages { get; set; }

    public int QueuedPages { get; set; }

    public CrawlRun ToRecord() => new()
    {
        Id = Id,
        SiteId = SiteId,
        State = Stored.Enum<CrawlRunState>(State),
        Mode = Stored.Enum<CrawlMode>(Mode),
        Message = Message,
        CreatedAt = Stored.Time(CreatedAt),
        StartedAt = Stored.Time(StartedAt),
        FinishedAt = Stored.Time(FinishedAt),
        Counters = new CrawlCounters
        {
            Queued = QueuedPages,
            Fetched = Fetched,
            New = NewPages,
            Changed = ChangedPages,
            Unchanged = UnchangedPages,
            Gone = GonePages,
            Duplicate = DuplicatePages,
            Skipped = SkippedPages,
            Failed = FailedPages,
        },
    };
}
