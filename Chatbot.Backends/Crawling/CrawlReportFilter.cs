using Chatbot.Backends.Data;

namespace Chatbot.Backends.Crawling;

/// <summary>Which URLs of a run are wanted; what is not set does not choose.</summary>
public sealed record CrawlReportFilter
{
    public static CrawlReportFilter All { get; } = new();

    /// <summary>As in the report: new, changed, unchanged, gone, duplicate, skipped, failed or queued.</summary>
    public string? State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Stands in the URL or in the detail, in upper or lower case.</summary>
    public string? Text { get; init; }

    /// <summary>To follow a condition, with <see cref="Arguments"/>.</summary>
    internal string And()
    {
        // A lease is how the crawler works, not what became of the URL.
        var sql = State is null ? "" : State == "queued" ? " AND state IN ('queued', 'leased')" : " AND state = @state";
        if (Reason is not null)
            sql += " AND reason = @reason";
        return string.IsNullOrWhiteSpace(Text) ? sql : sql + " AND (url LIKE @text ESCAPE '!' OR detail LIKE @text ESCAPE '!')";
    }

    internal SqlArguments Arguments(string runId, string? after = null, int limit = 0, int offset = 0) => With(new
    {
        runId,
        after = after ?? "",
        state = State,
        reason = Reason,
        text = $"%{Text?.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%",
        limit,
        offset,
    });
}
