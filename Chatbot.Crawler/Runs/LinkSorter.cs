using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Urls;

namespace Chatbot.Crawler.Runs;

/// <summary>Sorts the links of a page: which belong to the site, which are new to the run, which are taken. Safe for concurrent use.</summary>
internal sealed class LinkSorter(RobotsCache robots)
{
    // A page with more links than this is a list without end.
    private const int MaxLinks = 5_000;

    /// <summary>The links that belong to the site, normalised and once each; links elsewhere are no concern of a run.</summary>
    public static List<string> OfSite(RunContext run, IEnumerable<string> links)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            if (run.OfSite(link) is { } url && kept.Add(url) && kept.Count >= MaxLinks)
                break;
        }

        return [.. kept];
    }

    /// <summary>Judges those that this run may not know.</summary>
    /// <param name="page">Where they stand.</param>
    public IReadOnlyList<Candidate> Judge(RunContext run, LeasedUrl page, IReadOnlyList<string> links)
    {
        // What was only remembered leads to what is remembered too; discovery goes by what visitors can reach.
        if (page.FoundOn == FrontierStore.Known)
            return [];

        var found = new List<Candidate>();
        foreach (var url in links)
            if (!run.HasSeen(url, page.Depth + 1))
                found.Add(Judge(run, url, page.Depth + 1, page.Url));

        return found;
    }

    /// <summary>Judges one URL by its address and, where they are at hand, by its host's rules.</summary>
    public Candidate Judge(RunContext run, string url, int depth, string foundOn)
    {
        var verdict = run.Scope.Explain(url, depth);
        // Asked here already, so that what robots.txt forbids takes no place of the page limit.
        if (verdict.IsIn && robots.Peek(new Uri(url), run.Site.AllowPrivateAddresses, run.Session)?.Check(url) is { Allowed: false, Rule: var rule })
            verdict = ScopeVerdict.Out(PageReasons.Robots, $"robots.txt: {rule}");

        return new Candidate(url, depth, foundOn, verdict);
    }

    /// <param name="location">Absolute, as the page or its server names it.</param>
    public PageOutcome.Redirect Redirect(RunContext run, LeasedUrl page, string location)
    {
        var candidate = Judge(run, run.Scope.Normalize(location) ?? location, page.Depth, page.Url);
        return new PageOutcome.Redirect(page, candidate with { Redirects = page.Redirects + 1 });
    }
}
