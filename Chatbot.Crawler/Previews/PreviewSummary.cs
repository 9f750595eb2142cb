using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;

namespace Chatbot.Crawler.Previews;

/// <summary>Sums up what a run over a part of a site came to. What was not looked at is taken for the average of what was.</summary>
/// <param name="isPart">The run had fewer pages than the site may have: what the limit left out is waiting.</param>
/// <param name="pace">How long a page takes.</param>
/// <param name="maxBytes">A crawl stops there; null when it has no such limit.</param>
internal sealed class PreviewSummary(IReadOnlyList<CrawlReportLine> lines, NothingKept kept, bool isPart, TimeSpan pace, long? maxBytes)
{
    private const int MostPages = 20_000;

    /// <param name="tokenPrice">Null where there is none.</param>
    public CrawlPreview ToPreview(TimeSpan elapsed, double? tokenPrice)
    {
        var taken = lines.Where(IsTaken).ToList();
        var looked = lines.Count(l => l.Status is not null || l.State is "failed");
        var waiting = lines.Count(IsWaiting);
        var bytes = lines.Sum(l => l.Bytes ?? 0);
        var whole = looked == 0 ? 1 : (looked + waiting) / (double)looked;
        // What comes after the limit is never fetched.
        if (maxBytes is { } most && bytes > 0)
            whole = Math.Min(whole, Math.Max(1, most / (double)bytes));
        var tokens = Whole(taken.Sum(TokensOf));
        return new CrawlPreview(
            waiting == 0,
            looked,
            waiting,
            Math.Round(elapsed.TotalSeconds, 2),
            new CrawlPreview.Estimates(
                (int)Whole(taken.Count),
                (int)Whole(taken.Sum(l => l.Hash is { } hash ? kept.PdfPagesOf(hash) : 0)),
                Whole(bytes),
                Math.Round(pace.TotalSeconds * looked * whole, 1),
                tokens) { Cost = tokenPrice is { } price ? Math.Round(tokens * price, 4) : null },
            [.. lines.Take(MostPages).Select(ToPage)]);

        long Whole(double part) => (long)Math.Round(part * whole);
    }

    private CrawlPreview.Page ToPage(CrawlReportLine line)
    {
        var isWaiting = IsWaiting(line);
        // Beside what was tried in vain until time was up.
        var reason = isWaiting ? CrawlPreview.Page.Waiting : line.Reason;
        var detail = isWaiting && line.Reason is PageReasons.PageLimit ? null : line.Detail;
        return new CrawlPreview.Page(line.Url, IsTaken(line), reason, detail, line.Status, line.ContentType, line.Bytes, line.Depth, line.FoundOn)
        {
            NeedsBrowser = line.Rendered || line.Reason is PageReasons.NoBrowser or PageReasons.Rendering || line.Detail?.StartsWith("not rendered, though", StringComparison.Ordinal) == true,
        };
    }

    private static bool IsTaken(CrawlReportLine line) => line.State is "new" or "changed" or "unchanged";

    private bool IsWaiting(CrawlReportLine line) => line.State is "queued" || (isPart && line is { State: "skipped", Reason: PageReasons.PageLimit, Status: null });

    private long TokensOf(CrawlReportLine line)
    {
        if (line.Hash is not { } hash || line.Bytes is not { } bytes)
            return 0;
        if (kept.TokensOf(hash) is { } tokens)
            return tokens;
        if (kept.PdfPagesOf(hash) is > 0 and var pages)
            return pages * TextSize.TokensOfPdfPage;

        return line.ContentType?.StartsWith("text/", StringComparison.Ordinal) == true ? bytes / 4 : TextSize.OfficeTokens((int)bytes);
    }
}
