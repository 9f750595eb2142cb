using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Tables;

namespace Chatbot.Backends.Crawling;

/// <summary>Writes what became of every URL of a run. Safe for concurrent use.</summary>
public sealed class CrawlReport(Database database)
{
    // Rows of one read: a report of a million URLs needs no more memory than one of a thousand.
    private const int PageSize = 1_000;

    private const string Columns = "url, url_hash, state, reason, detail, status, content_type, bytes, blob_hash, depth, rendered, ms, found_on";

    private static readonly string[] s_columns =
        ["url", "state", "reason", "detail", "status", "contentType", "bytes", "hash", "depth", "rendered", "ms", "foundOn"];

    /// <summary>The URLs in a stable order, a piece at a time.</summary>
    /// <param name="after">The <see cref="Piece.Next"/> of the piece before; null for the first.</param>
    public async Task<Piece> ReadAsync(string runId, CrawlReportFilter filter, string? after, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>(
                $"SELECT {Columns} FROM frontier WHERE run_id = @runId AND url_hash > @after{filter.And()} ORDER BY url_hash LIMIT @limit",
                filter.Arguments(runId, after, PageSize),
                cancellationToken),
            cancellationToken);
        return new Piece(rows.ConvertAll(r => r.ToLine()), rows.Count == PageSize ? rows[^1].UrlHash : null);
    }

    /// <summary>Some of the URLs, in their order.</summary>
    /// <param name="limit">1 or more.</param>
    /// <param name="offset">0 or more.</param>
    public Task<IReadOnlyList<CrawlReportLine>> ListAsync(string runId, CrawlReportFilter filter, int limit, int offset, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CrawlReportLine>>(
            async connection => (await connection.ListAsync<Row>(
                $"SELECT {Columns} FROM frontier WHERE run_id = @runId{filter.And()} ORDER BY url LIMIT @limit OFFSET @offset",
                filter.Arguments(runId, limit: limit, offset: offset),
                cancellationToken)).ConvertAll(r => r.ToLine()),
            cancellationToken);

    public Task<int> CountAsync(string runId, CrawlReportFilter filter, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>(
            $"SELECT COUNT(*) FROM frontier WHERE run_id = @runId{filter.And()}", filter.Arguments(runId), cancellationToken),
        cancellationToken);

    /// <summary>How many URLs ended in which state, and why; the most frequent first.</summary>
    public Task<IReadOnlyList<CrawlReasonCount>> CountReasonsAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CrawlReasonCount>>(
            async connection => (await connection.ListAsync<ReasonRow>(
                "SELECT state, reason, COUNT(*) AS count FROM frontier WHERE run_id = @runId GROUP BY state, reason", With(new { runId }), cancellationToken))
                .GroupBy(r => (State: StateOf(r.State), r.Reason))
                .Select(g => new CrawlReasonCount(g.Key.State, g.Key.Reason, g.Sum(r => r.Count)))
                .OrderByDescending(c => c.Count).ThenBy(c => c.State, StringComparer.Ordinal).ThenBy(c => c.Reason, StringComparer.Ordinal)
                .ToList(),
            cancellationToken);

    /// <summary>Writes the report, UTF-8.</summary>
    public async Task WriteAsync(string runId, CrawlReportFilter filter, Stream stream, CrawlReportFormat format, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteAsync((format == CrawlReportFormat.Csv ? string.Join(',', s_columns) : "[").AsMemory(), cancellationToken);
        var separator = "\n";
        for (var piece = await ReadAsync(runId, filter, null, cancellationToken); ; piece = await ReadAsync(runId, filter, piece.Next, cancellationToken))
        {
            foreach (var line in piece.Lines)
            {
                var text = format == CrawlReportFormat.Csv ? ToCsv(line) : JsonSerializer.Serialize(line, CrawlReportJson.Default.CrawlReportLine);
                await writer.WriteAsync((separator + text).AsMemory(), cancellationToken);
                separator = format == CrawlReportFormat.Csv ? "\n" : ",\n";
            }

            if (piece.Next is null)
                break;
        }

        await writer.WriteAsync((format == CrawlReportFormat.Csv ? "\n" : "\n]\n").AsMemory(), cancellationToken);
    }

    private static string ToCsv(CrawlReportLine line) => string.Join(
        ',',
        new[]
        {
            line.Url, line.State, line.Reason, line.Detail, Number(line.Status), line.ContentType, Number(line.Bytes), line.Hash,
            Number(line.Depth), line.Rendered ? "true" : "false", Number(line.Ms), line.FoundOn,
        }.Select(Quote));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    internal static string Quote(string? value) => CsvCells.Quote(value);

    // A lease is how the crawler works, not what became of the URL.
    private static string StateOf(string state) => state == "leased" ? "queued" : state;

    /// <summary>Some lines of a report.</summary>
    /// <param name="Next">Where the next piece begins; null when this is the last.</param>
    public sealed record Piece(IReadOnlyList<CrawlReportLine> Lines, string? Next);

    private sealed class Row
    {
        public string Url { get; set; } = "";

        public string UrlHash { get; set; } = "";

        public string State { get; set; } = "";

        public string? Reason { get; set; }

        public string? Detail { get; set; }

        public int? Status { get; set; }

        public string? ContentType { get; set; }

        public long? Bytes { get; set; }

        public string? BlobHash { get; set; }

        public int Depth { get; set; }

        public bool Rendered { get; set; }

        public int? Ms { get; set; }

        public string? FoundOn { get; set; }

        public CrawlReportLine ToLine() => new(
            Url, StateOf(State), Reason, Detail, Status, ContentType, Bytes, BlobHash, Depth, Rendered, Ms, FoundOn);
    }

    private sealed class ReasonRow
    {
        public string State { get; set; } = "";

        public string? Reason { get; set; }

        public int Count { get; set; }
    }
}

/// <summary>Every property is written, null or not: readers of the report find the same columns in each line.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CrawlReportLine))]
internal sealed partial class CrawlReportJson : JsonSerializerContext;
