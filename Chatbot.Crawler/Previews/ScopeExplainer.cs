using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Previews;

/// <summary>Goes through all that decides over a URL, and writes down what each says. Safe for concurrent use.</summary>
internal sealed class ScopeExplainer(RobotsCache robots, CrawledUrls crawled)
{
    public async Task<ScopeExplanation> ExplainAsync(Site site, ScopeRules scope, SiteSession? session, string url, CancellationToken cancellationToken)
    {
        var checks = new List<ScopeExplanation.Check>();
        if (scope.Normalize(url) is not { } address)
        {
            const string NoAddress = "no http or https address";
            checks.Add(new("address", false, NoAddress));
            return new ScopeExplanation(url, null, false, PageReasons.NotHttp, NoAddress, checks);
        }

        checks.Add(new("address", true, address == url ? "it is written as crawls write it" : $"crawls write it {address}"));
        foreach (var (parameter, why) in UrlNormalizer.Dropped(url, scope.Parameters))
            checks.Add(new("parameters", true, $"{parameter} is left out: {why}"));

        var last = await crawled.FindOfSiteAsync(site.Id, address, cancellationToken);
        var verdict = scope.Explain(url, last?.Depth ?? 0);
        checks.Add(new(verdict.Reason is PageReasons.TooDeep ? "depth" : "rules", verdict.IsIn, verdict.Detail));
        if (verdict.IsIn && verdict.Detail != ScopeRules.StartDetail)
        {
            checks.Add(new("depth", true, last is null
                ? $"it is taken when at most {scope.MaxDepth} links lead to it from a start URL"
                : $"{last.Depth} links from a start URL when it was met last; at most {scope.MaxDepth} are followed"));
        }

        if (verdict.IsIn)
        {
            verdict = await AskRobotsAsync(site, session, address, verdict, cancellationToken);
            checks.Add(new("robots", verdict.IsIn, verdict.Detail));
        }

        if (last is not null)
            checks.Add(new("last-run", last.State is "new" or "changed" or "unchanged" or "queued", Describe(last)));

        return new ScopeExplanation(url, address, verdict.IsIn, verdict.Reason, checks.Find(c => !c.IsPassed)?.Detail ?? checks.First(c => c.Name is "rules").Detail, checks);
    }

    private async Task<ScopeVerdict> AskRobotsAsync(Site site, SiteSession? session, string address, ScopeVerdict verdict, CancellationToken cancellationToken) =>
        await robots.GetAsync(new Uri(address), site.AllowPrivateAddresses, session, cancellationToken) switch
        {
            RobotsAnswer.Known known => known.Rules.Check(address) switch
            {
                { Allowed: false, Rule: var rule } => ScopeVerdict.Out(PageReasons.Robots, $"robots.txt: {rule}"),
                { Rule: { } rule } => verdict with { Detail = $"robots.txt: {rule}" },
                _ => verdict with { Detail = "robots.txt says nothing against it" },
            },
            RobotsAnswer.Unavailable unavailable => ScopeVerdict.Out(unavailable.Reason, unavailable.Detail),
            var other => throw new System.Diagnostics.UnreachableException($"Unhandled {other}"),
        };

    private static string Describe(CrawlReportLine last) =>
        $"the last run that met it says {last.State}"
        + (last.Reason is null ? "" : $", {last.Reason}") + (last.Detail is null ? "" : $": {last.Detail}") + (last.FoundOn is null ? "" : $" (found on {last.FoundOn})");
}
