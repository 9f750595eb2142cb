using Chatbot.Core.Crawling;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Previews;

/// <summary>One preview: follows links breadth-first in memory, until everything is seen or time or pages are up. For one walk.</summary>
internal sealed class PreviewWalk(RunContext run, PreviewVisitor visitor, CrawlerOptions options, TimeProvider time)
{
    private const int MaxOffHost = 200;
    private const int MaxUrls = 20_000;

    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
    private readonly Queue<Waiting> _waiting = new();
    private readonly List<CrawlPreview.Page> _pages = [];
    private int _offHost;
    private int _requests;
    private int _admitted;
    private int _pdfPages;
    private long _tokens;
    private bool _isCut;

    public async Task<CrawlPreview> WalkAsync(int maxPages, TimeSpan maxTime, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var clock = new CancellationTokenSource(maxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        foreach (var start in run.Scope.StartUrls)
            Meet(start, 0, null);

        var sitemaps = ReadSitemapsAsync(stop.Token);
        var visits = new Dictionary<Task<PreviewVisit>, Waiting>();
        try
        {
            while (true)
            {
                while (_requests < maxPages && visits.Count < options.RunConcurrency && _waiting.TryDequeue(out var next))
                {
                    _requests++;
                    visits.Add(visitor.VisitAsync(run, next.Url, stop.Token), next);
                }

                if (visits.Count == 0 && (sitemaps.IsCompleted || _requests >= maxPages))
                    break;

                await Task.WhenAny([.. visits.Keys, .. sitemaps.IsCompleted ? Array.Empty<Task>() : [sitemaps]]);
                foreach (var done in visits.Keys.Where(v => v.IsCompleted).ToList())
                {
                    visits.Remove(done, out var page);
                    Take(page!, await done);
                }

                if (sitemaps.IsCompletedSuccessfully && await sitemaps is { Count: > 0 } named)
                {
                    foreach (var (url, file) in named)
                        Meet(url, 1, file);
                    sitemaps = Task.FromResult<IReadOnlyList<(string, string)>>([]);
                }
            }
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _isCut = true;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([sitemaps, .. visits.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Sum(visits.Count + _waiting.Count, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task<IReadOnlyList<(string Url, string File)>> ReadSitemapsAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string, string)>();
        if (run.Site.Scope is not { Sitemaps: true, MaxDepth: > 0 })
            return found;

        foreach (var origin in run.Scope.StartUrls.Select(u => new Uri(u).GetLeftPart(UriPartial.Authority)).Distinct(StringComparer.Ordinal))
            foreach (var entry in await visitor.ReadSitemapsAsync(run, new Uri(origin), cancellationToken))
                if (Uri.TryCreate(new Uri(origin), entry.Url, out var url))
                    found.Add((url.AbsoluteUri, origin + "/sitemap.xml"));
        return found;
    }

    private void Meet(string link, int depth, string? foundOn)
    {
        if (_met.Count >= MaxUrls)
        {
            _isCut = true;
            return;
        }

        var url = run.Scope.Normalize(link) ?? link;
        if (!_met.Add(url))
            return;

        var verdict = run.Scope.Explain(url, depth);
        if (verdict.IsIn && run.Scope.Limit(url) is { } limited)
            verdict = limited;
        if (verdict.IsIn && _admitted >= run.Scope.MaxPages)
            verdict = ScopeVerdict.Out(PageReasons.PageLimit, $"the run has its {run.Scope.MaxPages} pages");
        if (!verdict.IsIn)
        {
            if (verdict.Reason is not (PageReasons.OffHost or PageReasons.NotHttp) || _offHost++ < MaxOffHost)
                _pages.Add(new CrawlPreview.Page(url, false, verdict.Reason, verdict.Detail, null, null, null, depth, foundOn));
            return;
        }

        _admitted++;
        run.Scope.Count(url);
        _waiting.Enqueue(new Waiting(url, depth, foundOn));
    }

    private void Take(Waiting page, PreviewVisit visit)
    {
        var (reason, detail) = (visit.Reason, visit.Detail);
        if (reason is null && visit.ContentHash is { } content && !_contents.TryAdd(content, page.Url))
            (reason, detail) = (PageReasons.SameContent, _contents[content]);
        _pages.Add(new CrawlPreview.Page(page.Url, reason is null, reason, detail, visit.Status, visit.ContentType, visit.Bytes, page.Depth, page.FoundOn) { NeedsBrowser = visit.NeedsBrowser });
        if (reason is null)
        {
            _pdfPages += visit.PdfPages;
            _tokens += visit.Tokens;
        }

        if (visit.Instead is { } instead)
            Meet(instead, page.Depth, page.Url);
        foreach (var link in visit.Links)
            Meet(link, page.Depth + 1, page.Url);
    }

    // What was not looked at is taken for the average of what was.
    private CrawlPreview Sum(int waiting, double seconds)
    {
        var looked = _pages.Where(p => p.Status is not null).ToList();
        var taken = _pages.Count(p => p.IsTaken);
        var whole = looked.Count == 0 ? 1 : (looked.Count + waiting) / (double)looked.Count;
        long Whole(double part) => (long)Math.Round(part * whole);
        return new CrawlPreview(
            waiting == 0 && !_isCut,
            _requests,
            waiting,
            Math.Round(seconds, 2),
            new CrawlPreview.Estimates((int)Whole(taken), (int)Whole(_pdfPages), Whole(looked.Sum(p => p.Bytes ?? 0)), Math.Round(seconds * whole, 1), Whole(_tokens)),
            _pages);
    }

    private sealed record Waiting(string Url, int Depth, string? FoundOn);
}
