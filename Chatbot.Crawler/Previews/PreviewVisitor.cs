using Chatbot.Core;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Sitemaps;
using Chatbot.Html;

namespace Chatbot.Crawler.Previews;

/// <summary>Looks at single URLs as a run would, and keeps nothing. Pages are read as fetched, without a browser. Safe for concurrent use.</summary>
internal sealed class PreviewVisitor(RobotsCache robots, HostGates gates, HttpPageFetcher fetcher, SitemapFetcher sitemaps)
{
    public async Task<PreviewVisit> VisitAsync(RunContext run, string address, CancellationToken cancellationToken)
    {
        var url = new Uri(address);
        var allowPrivate = run.Site.AllowPrivateAddresses;
        var answer = await robots.GetAsync(url, allowPrivate, run.Session, cancellationToken);
        if (answer is RobotsAnswer.Unavailable unavailable)
            return new PreviewVisit(unavailable.Reason, unavailable.Detail);

        var rules = ((RobotsAnswer.Known)answer).Rules;
        if (rules.Check(address) is { Allowed: false, Rule: var rule })
            return new PreviewVisit(PageReasons.Robots, $"robots.txt: {rule}");

        var gate = await gates.GetAsync(url, allowPrivate, cancellationToken);
        using var turn = await gate.EnterAsync(run.Site.HostDelay, rules.CrawlDelay, cancellationToken);
        if (turn is null)
            return new PreviewVisit(PageReasons.HostDown, $"{url.Authority} does not answer any more");

        var result = await fetcher.FetchAsync(new FetchRequest(address, allowPrivate) { Session = run.Session }, cancellationToken);
        if (result is FetchResult.Failed { IsOverload: true } overload)
            gate.Overloaded(overload.RetryAfter);

        return (result switch
        {
            FetchResult.Fetched fetched => Read(run, url, fetched, cancellationToken),
            FetchResult.Redirected(var location) => new PreviewVisit(PageReasons.Redirect, $"redirects to {location}") { Instead = location },
            FetchResult.Gone(var detail) => new PreviewVisit(PageReasons.NotFound, detail),
            FetchResult.Skipped(var reason, var detail) skipped => new PreviewVisit(reason, detail) { ContentType = skipped.ContentType },
            FetchResult.Failed failed => new PreviewVisit(failed.Reason, failed.Detail),
            _ => throw new System.Diagnostics.UnreachableException($"Unhandled {result}"),
        }) with { Status = result.Status };
    }

    /// <summary>What the sitemaps of a host name, the newest first; of its files the first few.</summary>
    public async Task<IReadOnlyList<SitemapEntry>> ReadSitemapsAsync(RunContext run, Uri origin, CancellationToken cancellationToken)
    {
        const int MaxFiles = 10;
        if (await robots.GetAsync(origin, run.Site.AllowPrivateAddresses, run.Session, cancellationToken) is not RobotsAnswer.Known known)
            return [];

        var pages = new List<SitemapEntry>();
        var read = new HashSet<Uri>();
        var waiting = new Queue<string>([.. known.Sitemaps, "/sitemap.xml"]);
        while (read.Count < MaxFiles && waiting.TryDequeue(out var file))
        {
            if (!Uri.TryCreate(origin, file, out var url) || url.Scheme is not ("http" or "https") || !read.Add(url)
                || await sitemaps.FetchAsync(run, url, cancellationToken) is not SitemapFetchResult.Found found)
                continue;

            var content = SitemapParser.Parse(found.Body);
            pages.AddRange(content.Pages);
            foreach (var child in content.Sitemaps)
                waiting.Enqueue(child.Url);
        }

        return [.. pages.OrderByDescending(p => p.LastModified ?? DateTimeOffset.MinValue)];
    }

    private static PreviewVisit Read(RunContext run, Uri url, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        var seen = new PreviewVisit(null, null) { ContentType = fetched.ContentType, Bytes = fetched.Body.Length };
        var header = RobotsDirectives.FromHeader(fetched.RobotsTags, CrawlerOptions.Agent);
        if (fetched.Kind != ContentKind.Html)
        {
            if (header.NoIndex)
                return seen with { Reason = PageReasons.NoIndex, Detail = "noindex by X-Robots-Tag" };

            var pdfPages = fetched.Kind == ContentKind.Pdf ? TextSize.PdfPages(fetched.Body.Span) : 0;
            return seen with
            {
                ContentHash = Ids.Hash(fetched.Body.Span),
                PdfPages = pdfPages,
                Tokens = pdfPages > 0 ? pdfPages * TextSize.TokensOfPdfPage : OfficeFiles.TypeOf(fetched.Kind) is not null ? TextSize.OfficeTokens(fetched.Body.Length) : TextSize.Tokens(HtmlPage.Decode(fetched.Body, fetched.Charset)),
            };
        }

        HtmlPage html;
        try
        {
            html = HtmlPage.Parse(fetched.Body, fetched.Charset, url, cancellationToken);
        }
        catch (NotHtmlException error)
        {
            return seen with { Reason = PageReasons.Binary, Detail = error.Message };
        }

        var directives = header.And(html.Robots);
        seen = seen with { Links = directives.NoFollow ? [] : [.. html.Links.Where(l => !l.NoFollow).Select(l => l.Url)] };
        if (directives.NoIndex)
            return seen with { Reason = PageReasons.NoIndex, Detail = $"noindex by {(header.NoIndex ? "X-Robots-Tag" : "meta robots")}" };
        if (html.CanonicalUrl is { } named && run.Scope.Normalize(named) is { } canonical && canonical != url.AbsoluteUri && run.Scope.Explain(canonical).IsIn)
            return seen with { Reason = PageReasons.Canonical, Detail = canonical, Instead = canonical };

        var extraction = html.Extract();
        return seen with
        {
            ContentHash = HtmlPage.ContentHash(extraction),
            Tokens = extraction.Blocks.Sum(b => TextSize.Tokens(b.Text)),
            NeedsBrowser = RenderJudge.Judge(html.ReadScriptSigns(), extraction.Blocks.Sum(b => b.Text.Length)) is { IsStrong: true },
        };
    }
}
