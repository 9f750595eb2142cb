using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Runs;
using Chatbot.Html;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Rendering;

/// <summary>Renders a page where its site wants that, or where it needs it to be read. Safe for concurrent use.</summary>
internal sealed class PageRendering(IPageRenderer renderer, RenderMemory memory, IOptions<CrawlerOptions> options, TimeProvider time) : IDisposable
{
    // Characters. Below, a page has nothing that would be worth keeping in place of what could not be rendered.
    private const int Nothing = 50;

    // More characters than these, and than a tenth of what there was, or new links: noise is no gain.
    private const int Gain = 40;

    // As many as can be rendered: the decision on the next page waits for what is learned of those before it.
    private readonly SemaphoreSlim _places = new(options.Value.Render.Contexts);

    /// <summary>
    /// Whether what an earlier run remembers of a page still counts when the server says that its bytes are the same. Not
    /// for one whose text comes by scripts, nor for one that was never looked at for that, nor for one whose pictures are read.
    /// </summary>
    public static bool IsSettledBySameBytes(Site site, LeasedUrl page) => !(site.Reading.Images && page.Links is not null) && site.RenderMode switch
    {
        RenderMode.Never => page.Rendered != true,
        RenderMode.Auto => page.Rendered == false,
        // What has no links is no HTML.
        _ => page.Rendered == false && page.Links is null,
    };

    /// <param name="html">The page as fetched.</param>
    public async Task<ReadPage> ReadAsync(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, HtmlPage html, CancellationToken cancellationToken)
    {
        var mode = run.Site.RenderMode;
        if (mode == RenderMode.Never)
            return new ReadPage.Page(html, fetched.Body, IsRendered: null, Note: null);

        var url = new Uri(page.Url);
        var reason = RenderJudge.Judge(html.ReadScriptSigns(), LengthOf(html));
        if (mode == RenderMode.Auto)
        {
            // A page that gained by it once does not lose its text because others of its kind gained nothing.
            reason ??= page.Rendered == true ? new RenderReason("before", "rendering gained text before", IsStrong: true) : null;
            if (reason is null)
                return new ReadPage.Page(html, fetched.Body, IsRendered: false, Note: null);
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            return mode == RenderMode.Auto && page.Rendered != true && !await memory.IsWorthTryingAsync(run.Site.Id, url, reason!, cancellationToken)
                ? new ReadPage.Page(html, fetched.Body, IsRendered: false, $"not rendered: {reason!.Text}, but on pages like this nothing was gained by it")
                : await RenderAsync(run, page, fetched, html, reason, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<ReadPage> RenderAsync(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, HtmlPage html, RenderReason? reason, CancellationToken cancellationToken)
    {
        var (url, mode, length) = (new Uri(page.Url), run.Site.RenderMode, LengthOf(html));
        if (run.Memory?.FindRendered(page.Url) is not { } result)
        {
            var request = new RenderRequest(page.Url, fetched.Body, fetched.Charset, run.Site.Id, run.Site.AllowPrivateAddresses)
            {
                SetCookies = fetched.SetCookies,
                Connection = run.Session is { } session ? new SessionConnection(session, options.Value.Fetch) : null,
            };
            result = await RenderAsync(request, cancellationToken);
            run.Memory?.KeepRendered(page.Url, result);
        }

        switch (result)
        {
            case RenderResult.Redirected(var location) when length < RenderJudge.Thin:
                return new ReadPage.Redirect(location);

            case RenderResult.Redirected:
                return new ReadPage.Page(html, fetched.Body, IsRendered: false, "not rendered: a script leads elsewhere");

            case RenderResult.Rendered rendered:
                return await CompareAsync(run, url, fetched, html, reason, rendered, cancellationToken);

            case RenderResult.NoBrowser(var detail) when mode == RenderMode.Auto && page.Rendered != true:
                return new ReadPage.Page(html, fetched.Body, IsRendered: null, $"not rendered, though {reason!.Text}: {detail}");

            case RenderResult.NoBrowser(var detail):
                return new ReadPage.Failed(PageReasons.NoBrowser, detail);

            case RenderResult.Failed(var detail) when length >= Nothing && page.Rendered != true:
                return new ReadPage.Page(html, fetched.Body, IsRendered: null, $"read as fetched, rendering failed: {detail}");

            default:
                return new ReadPage.Failed(PageReasons.Rendering, ((RenderResult.Failed)result).Detail);
        }
    }

    // The renderer has limits for all that it waits for. Should it hang all the same, its driver for one, a run must not hang with it.
    private async Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var limit = options.Value.Render.StartTimeout * 3 + options.Value.Render.Timeout;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await renderer.RenderAsync(request, stop.Token).WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            return new RenderResult.Failed($"the renderer did not answer within {limit.TotalSeconds:0.#} s");
        }
    }

    private async Task<ReadPage> CompareAsync(
        RunContext run, Uri url, FetchResult.Fetched fetched, HtmlPage html, RenderReason? reason, RenderResult.Rendered rendered, CancellationToken cancellationToken)
    {
        var page = HtmlPage.Parse(rendered.Html, "utf-8", url, cancellationToken);
        var note = rendered.IsSettled ? "" : "; it did not come to rest, and was taken as it was";
        if (run.Site.RenderMode == RenderMode.Always)
            return new ReadPage.Page(page, rendered.Html, IsRendered: true, "rendered: its site is always" + note);

        var gained = Gains(run, html, page) || Fills(reason!, html, page);
        if (reason!.Kind != "before")
            await memory.LearnAsync(run.Site.Id, url, reason, gained, cancellationToken);

        return gained
            ? new ReadPage.Page(page, rendered.Html, IsRendered: true, $"rendered: {reason.Text}{note}")
            : new ReadPage.Page(html, fetched.Body, IsRendered: false, $"read as fetched: {reason.Text}, but rendering gained nothing{note}");
    }

    // Where scripts write all that there is, their word counts however short it is: "not found" in place of "loading".
    private static bool Fills(RenderReason reason, HtmlPage before, HtmlPage after) =>
        reason is { Kind: "root" } && LengthOf(before) < RenderJudge.Thin && LengthOf(after) > 0 && HtmlPage.ContentHash(before.Extract()) != HtmlPage.ContentHash(after.Extract());

    private static bool Gains(RunContext run, HtmlPage before, HtmlPage after)
    {
        var length = LengthOf(before);
        if (LengthOf(after) > length + Gain + length / 10)
            return true;

        var links = LinkSorter.OfSite(run, before.Links.Select(l => l.Url)).ToHashSet(StringComparer.Ordinal);
        return LinkSorter.OfSite(run, after.Links.Select(l => l.Url)).Exists(l => !links.Contains(l));
    }

    private static int LengthOf(HtmlPage page) => page.Extract().Blocks.Sum(b => b.Text.Length);
}
