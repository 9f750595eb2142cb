using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Crawling;

/// <summary>
/// Finds the links of a site that lead nowhere, with the pages where they stand. The pages' links are those of the last
/// run; what was broken is that of the run asked for. Safe for concurrent use.
/// </summary>
public sealed class BrokenLinkReport(Database database)
{
    private const int MaxSources = 100;
    private const int PagesAtATime = 500;

    // Not the link's fault: the site asks us not to, or we stopped.
    private static readonly string[] s_notBroken = ["robots-unavailable", "private-address", "sign-in", "rendering", "no-browser", "sitemap", "error"];

    /// <returns>The ones with the most links first.</returns>
    public async Task<IReadOnlyList<BrokenLink>> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<Row>(
                """
                SELECT f.url, f.reason, f.detail, f.status, f.found_on, r.site_id FROM frontier f JOIN crawl_runs r ON r.id = f.run_id
                WHERE f.run_id = @runId AND ((f.state = 'failed' AND f.reason NOT IN @s_notBroken) OR (f.state = 'gone' AND f.reason IN ('not-found', 'soft-404')))
                """,
                With(new { runId, s_notBroken }),
                cancellationToken),
            cancellationToken);
        if (rows.Count == 0)
            return [];

        var sources = rows.ToDictionary(r => r.Url, r => new Sources(), StringComparer.Ordinal);
        foreach (var row in rows)
            if (row.FoundOn is { } first && first.StartsWith("http", StringComparison.Ordinal))
                sources[row.Url].Add(first);
        await AddLinksAsync(rows[0].SiteId, sources, cancellationToken);

        return [.. rows
            // A page of before that is gone, and that nothing links to, is no broken link.
            .Where(r => sources[r.Url].Count > 0 || r.FoundOn is null)
            .Select(r => new BrokenLink(r.Url, r.Reason, r.Detail, r.Status, sources[r.Url].Count, sources[r.Url].First()))
            .OrderByDescending(b => b.Links).ThenBy(b => b.Url, StringComparer.Ordinal)];
    }

    /// <summary>Writes the report, UTF-8: a JSON array with one link a line, or CSV with a line for each page that has the link.</summary>
    public async Task WriteAsync(string runId, Stream stream, CrawlReportFormat format, CancellationToken cancellationToken)
    {
        var links = await ReadAsync(runId, cancellationToken);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (format == CrawlReportFormat.Json)
        {
            await writer.WriteAsync(("[\n" + string.Join(",\n", links.Select(l => JsonSerializer.Serialize(l, BrokenLinkJson.Default.BrokenLink))) + "\n]\n").AsMemory(), cancellationToken);
            return;
        }

        await writer.WriteAsync("url,reason,detail,status,linkedFrom\n".AsMemory(), cancellationToken);
        foreach (var link in links)
        {
            foreach (var page in link.LinkedFrom.DefaultIfEmpty(""))
            {
                var fields = new[] { link.Url, link.Reason, link.Detail, link.Status?.ToString(CultureInfo.InvariantCulture), page };
                await writer.WriteAsync((string.Join(',', fields.Select(CrawlReport.Quote)) + "\n").AsMemory(), cancellationToken);
            }
        }
    }

    // What links where stands with each page; read in pieces, because a large site's links need not fit into memory.
    private async Task AddLinksAsync(string siteId, Dictionary<string, Sources> sources, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var pages = await database.ReadAsync(
                connection => connection.ListAsync<PageRow>(
                    "SELECT url, url_hash, links FROM pages WHERE site_id = @siteId AND url_hash > @after ORDER BY url_hash LIMIT @PagesAtATime",
                    With(new { siteId, after, PagesAtATime }),
                    cancellationToken),
                cancellationToken);
            foreach (var page in pages)
                foreach (var link in PageLinks.FromJson(page.Links))
                    if (sources.TryGetValue(link, out var found))
                        found.Add(page.Url);
            if (pages.Count < PagesAtATime)
                return;

            after = pages[^1].UrlHash;
        }
    }

    private sealed class Sources
    {
        private readonly HashSet<string> _pages = new(StringComparer.Ordinal);

        public int Count => _pages.Count;

        public void Add(string page) => _pages.Add(page);

        public IReadOnlyList<string> First() => [.. _pages.Order(StringComparer.Ordinal).Take(MaxSources)];
    }

    private sealed class Row
    {
        public string Url { get; set; } = "";

        public string? Reason { get; set; }

        public string? Detail { get; set; }

        public int? Status { get; set; }

        public string? FoundOn { get; set; }

        public string SiteId { get; set; } = "";
    }

    private sealed class PageRow
    {
        public string Url { get; set; } = "";

        public string UrlHash { get; set; } = "";

        public string? Links { get; set; }
    }
}

/// <summary>Every property is written, null or not, as in the report of a run.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BrokenLink))]
internal sealed partial class BrokenLinkJson : JsonSerializerContext;
