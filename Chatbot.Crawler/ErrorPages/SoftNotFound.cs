using Chatbot.Core.Extractions;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Likeness;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Chatbot.Html;

namespace Chatbot.Crawler.ErrorPages;

/// <summary>
/// Recognises pages that say "there is nothing here" with status 200. Words alone prove nothing, so an address that was just
/// made up is asked for: when it shows the same, the page is no page. After Bar-Yossef, Broder, Kumar and Tomkins, "Sic
/// Transit Gloria Telae" (2004), who ask so for every page; here only those that read like it. Safe for concurrent use.
/// </summary>
internal sealed class SoftNotFound(RobotsCache robots, HostGates gates, HttpPageFetcher fetcher, PageRendering rendering)
{
    // Words in common, of all. Such pages repeat the address (it is left out) and may suggest other pages by chance.
    private const double Alike = 0.8;

    private const int MaxRedirects = 3;

    /// <param name="isRendered">What was read is what scripts made of it.</param>
    /// <returns>For the report, what shows that the page is none; null when nothing does.</returns>
    public async Task<string?> ExplainAsync(RunContext run, LeasedUrl page, Extraction extraction, bool isRendered, CancellationToken cancellationToken)
    {
        // What the owner starts at is wanted, whatever it says.
        if (page.Depth == 0 && page.FoundOn is null || !NotFoundSigns.Has(extraction) || MadeUpUrl.Beside(page.Url) is not { } other)
            return null;

        var sample = await run.ErrorPages.GetAsync(
            other.Family + (isRendered ? " rendered" : ""), () => AskAsync(run, other.Url, isRendered, cancellationToken));
        if (sample is null)
            return null;
        if (sample.Url == page.Url)
            return "made-up addresses lead to this page";

        return Likeness(Words(extraction, page.Url), sample.Words) >= Alike ? "it shows what a made-up address beside it shows" : null;
    }

    /// <summary>What a page says apart from its own address.</summary>
    private static Dictionary<string, int> Words(Extraction extraction, string url)
    {
        var own = PageWords.Of(Uri.UnescapeDataString(url)).ToHashSet(StringComparer.Ordinal);
        return PageWords.Of(extraction).Where(w => !own.Contains(w)).CountBy(w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    // Dice's coefficient of two multisets.
    private static double Likeness(Dictionary<string, int> a, Dictionary<string, int> b)
    {
        var all = a.Values.Sum() + b.Values.Sum();
        return all == 0 ? 1 : 2.0 * a.Sum(w => Math.Min(w.Value, b.GetValueOrDefault(w.Key))) / all;
    }

    /// <returns>Null when made-up addresses are answered as they should be, or nothing can be said.</returns>
    private async Task<ErrorPage?> AskAsync(RunContext run, string madeUp, bool isRendered, CancellationToken cancellationToken)
    {
        for (var (url, redirects) = (madeUp, 0); redirects <= MaxRedirects; redirects++)
        {
            var result = await FetchAsync(run, new Uri(url), cancellationToken);
            if (result is FetchResult.Redirected(var location) && run.Scope.Normalize(location) is { } target && target != url)
            {
                url = target;
                continue;
            }

            if (result is not FetchResult.Fetched { Kind: ContentKind.Html } fetched)
                return null;

            try
            {
                var html = HtmlPage.Parse(fetched.Body, fetched.Charset, new Uri(url), cancellationToken);
                if (isRendered)
                {
                    // As a page that gained by it before: it is not left to what was learned of others.
                    var read = await rendering.ReadAsync(run, new LeasedUrl { Url = url, Rendered = true }, fetched, html, cancellationToken);
                    if (read is not ReadPage.Page seen)
                        return null;
                    html = seen.Html;
                }

                return new ErrorPage(url, Words(html.Extract(), url));
            }
            catch (NotHtmlException)
            {
                return null;
            }
        }

        return null;
    }

    private async Task<FetchResult?> FetchAsync(RunContext run, Uri url, CancellationToken cancellationToken)
    {
        var allowPrivate = run.Site.AllowPrivateAddresses;
        if (await robots.GetAsync(url, allowPrivate, run.Session, cancellationToken) is not RobotsAnswer.Known { Rules: var rules } || !rules.Check(url.AbsoluteUri).Allowed)
            return null;

        if (run.Memory?.FindPage(url.AbsoluteUri) is { } known)
            return known;

        var gate = await gates.GetAsync(url, allowPrivate, cancellationToken);
        using var turn = await gate.EnterAsync(run.Site.HostDelay, rules.CrawlDelay, cancellationToken);
        if (turn is null)
            return null;

        var result = await fetcher.FetchAsync(new FetchRequest(url.AbsoluteUri, allowPrivate) { Session = run.Session }, cancellationToken);
        run.Memory?.KeepPage(url.AbsoluteUri, result);
        return result;
    }
}
