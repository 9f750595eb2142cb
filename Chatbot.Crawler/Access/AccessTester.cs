using System.Globalization;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Urls;
using Chatbot.Html;

namespace Chatbot.Crawler.Access;

/// <summary>Tries to get into a site as a run would, and writes down what came of each step. Safe for concurrent use.</summary>
internal sealed class AccessTester(RobotsFetcher robots, HostGates gates, HttpPageFetcher fetcher, TimeProvider time)
{
    private const int MostStarts = 3;

    public async Task<AccessTest> TestAsync(SiteSession session, ScopeRules scope, CancellationToken cancellationToken)
    {
        var steps = new List<AccessTest.Step>();
        if (session.SignIn is { } signIn)
        {
            var started = time.GetTimestamp();
            var failure = await signIn.EnsureAsync(0, cancellationToken);
            steps.Add(Timed(new AccessTest.Step("sign-in", session.Access.SignIn!.Url, failure is null, failure ?? "the form was sent, and the site let us in") { Reason = failure is null ? null : PageReasons.SignIn }, started));
        }

        if (steps.TrueForAll(s => s.IsPassed))
        {
            foreach (var start in scope.StartUrls.Take(MostStarts))
                await OpenAsync(session, scope, start, steps, cancellationToken);
        }

        var failed = steps.Find(s => !s.IsPassed);
        return new AccessTest(failed is null, failed is null ? steps[^1].Detail : $"{failed.Detail}. {RemedyFor(failed)}", steps);
    }

    private async Task OpenAsync(SiteSession session, ScopeRules scope, string start, List<AccessTest.Step> steps, CancellationToken cancellationToken)
    {
        var (url, origin) = (start, "");
        var rules = RobotsRules.AllowAll;
        for (var redirects = 0; ; redirects++)
        {
            var address = new Uri(url);
            if (address.GetLeftPart(UriPartial.Authority) is var authority && authority != origin)
            {
                origin = authority;
                if (await AskRobotsAsync(session, address, steps, cancellationToken) is not { } known)
                    return;
                rules = known;
            }

            if (rules.Check(url) is { Allowed: false, Rule: var rule })
            {
                steps.Add(new AccessTest.Step("robots", url, false, $"robots.txt forbids this page: {rule}") { Reason = PageReasons.Robots });
                return;
            }

            var step = await FetchAsync(session, address, rules.CrawlDelay, cancellationToken);
            if (step.RedirectsTo is { } target && scope.Explain(target) is { IsIn: false } verdict)
                step = step with { IsPassed = false, Reason = verdict.Reason, Detail = $"it leads to {target}, which is no part of the site: {verdict.Detail}" };
            else if (step.RedirectsTo is not null && redirects == RedirectChain.Longest)
                step = step with { IsPassed = false, Reason = PageReasons.TooManyRedirects, Detail = string.Create(CultureInfo.InvariantCulture, $"more than {RedirectChain.Longest} redirects in a row") };
            steps.Add(step);
            if (!step.IsPassed || step.RedirectsTo is not { } next)
                return;
            url = scope.Normalize(next) ?? next;
        }
    }

    /// <returns>Null when they could not be had.</returns>
    private async Task<RobotsRules?> AskRobotsAsync(SiteSession session, Uri url, List<AccessTest.Step> steps, CancellationToken cancellationToken)
    {
        // Not those at hand: what opens the site may just have been changed, and with it the answer.
        var started = time.GetTimestamp();
        var origin = url.GetLeftPart(UriPartial.Authority);
        switch (await robots.FetchAsync(origin, session.Site.AllowPrivateAddresses, session, cancellationToken))
        {
            case RobotsFetchResult.Found(var file):
                return file.For(CrawlerOptions.Agent);
            case RobotsFetchResult.Unavailable(var reason, var detail, _, _):
                steps.Add(Timed(new AccessTest.Step("robots", origin + "/robots.txt", false, detail) { Reason = reason }, started));
                return null;
            default:
                return RobotsRules.AllowAll;
        }
    }

    private async Task<AccessTest.Step> FetchAsync(SiteSession session, Uri url, TimeSpan? robotsDelay, CancellationToken cancellationToken)
    {
        var gate = await gates.GetAsync(url, session.Site.AllowPrivateAddresses, cancellationToken);
        using var turn = await gate.EnterAsync(session.Site.HostDelay, robotsDelay, cancellationToken);
        if (turn is null)
            return new AccessTest.Step("page", url.AbsoluteUri, false, $"{url.Authority} does not answer any more") { Reason = PageReasons.HostDown };

        var started = time.GetTimestamp();
        var result = await fetcher.FetchAsync(new FetchRequest(url.AbsoluteUri, session.Site.AllowPrivateAddresses) { Session = session }, cancellationToken);
        var step = result switch
        {
            FetchResult.Fetched fetched => Read(url, fetched, cancellationToken),
            FetchResult.Redirected(var location) => new AccessTest.Step("redirect", url.AbsoluteUri, true, $"it leads to {location}") { RedirectsTo = location },
            FetchResult.Gone(var detail) => new AccessTest.Step("page", url.AbsoluteUri, false, detail) { Reason = PageReasons.NotFound },
            FetchResult.Skipped(var reason, var detail) => new AccessTest.Step("page", url.AbsoluteUri, false, detail) { Reason = reason },
            FetchResult.Failed failed => new AccessTest.Step("page", url.AbsoluteUri, false, failed.Detail) { Reason = failed.Reason },
            _ => throw new System.Diagnostics.UnreachableException($"Unhandled {result}"),
        };
        return Timed(step with { Status = result.Status }, started);
    }

    private static AccessTest.Step Read(Uri url, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{fetched.ContentType}, {fetched.Body.Length / 1000.0:0.0} kB");
        var step = new AccessTest.Step("page", url.AbsoluteUri, true, size);
        if (fetched.Kind != ContentKind.Html)
            return step;

        try
        {
            var html = HtmlPage.Parse(fetched.Body, fetched.Charset, url, cancellationToken);
            step = step with { Title = html.Extract().Title };
        }
        catch (NotHtmlException error)
        {
            return step with { IsPassed = false, Reason = PageReasons.Binary, Detail = error.Message };
        }

        // No failure: start pages of open sites may have one in a corner.
        return HasPasswordField(fetched.Body.Span) ? step with { Detail = size + "; it has a field for a password: it may be the page to sign in at" } : step;
    }

    private static bool HasPasswordField(ReadOnlySpan<byte> body) =>
        body.IndexOf("type=\"password\""u8) >= 0 || body.IndexOf("type=password"u8) >= 0 || body.IndexOf("type='password'"u8) >= 0;

    private static string RemedyFor(AccessTest.Step failed) => failed.Status switch
    {
        401 => "The server asks for a user and a password, or does not take those that are set.",
        403 => "The server knows who asks, or takes programs for unwelcome, and refuses; ask who runs it.",
        407 => "The proxy asks for a user and a password, or does not take those that are set.",
        _ => Remedies.For(failed.Reason),
    };

    private AccessTest.Step Timed(AccessTest.Step step, long started) => step with { Milliseconds = (int)Math.Min(time.GetElapsedTime(started).TotalMilliseconds, int.MaxValue) };
}
