using System.Text.Json;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// A browser context with one tab, in one pair of hands: what a visitor of one site has, with cookies and cache of its own.
/// The tab is used for page after page: a new one starts a process, which costs more than a page.
/// </summary>
/// <param name="profile">Whose it is: site and rule for addresses.</param>
internal sealed class BrowserTab(BrowserInstance instance, IBrowserContext context, string profile)
{
    // Kinds of requests that bring nothing to read.
    private static readonly string[] s_refused = ["Image", "Media", "Font", "Ping", "CSPViolationReport"];

    // A visitor sees what is in a closed shadow tree as well as in an open one; a script sees only the latter.
    private const string OpensShadowTrees = """
        { const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, init ? { ...init, mode: 'open' } : init); }; }
        """;

    private PageVisit? _visit;

    public BrowserInstance Instance { get; } = instance;

    public IBrowserContext Context { get; } = context;

    public string Profile { get; } = profile;

    public IPage Page { get; private set; } = null!;

    public ICDPSession Session { get; private set; } = null!;

    /// <summary>Pages so far.</summary>
    public int Pages { get; set; }

    /// <param name="connection">All that the site's pages ask for goes past it; null when there is none.</param>
    public async Task OpenAsync(IBrowserConnection? connection)
    {
        Page = await Context.NewPageAsync();
        Page.Crash += (_, _) => _visit?.Break("the page crashed: it took more memory than it may, or its process was killed");
        Page.Close += (_, _) => _visit?.Break("the page closed itself, or its browser ended");
        Page.Popup += async (_, popup) => await CloseAsync(popup);
        Page.Request += (_, request) => _visit?.Network.Begin(request);
        Page.RequestFinished += (_, request) => _visit?.Network.End(request);
        Page.RequestFailed += (_, request) => _visit?.Network.End(request);
        await Page.AddInitScriptAsync(OpensShadowTrees);
        Session = await Context.NewCDPSessionAsync(Page);
        Session.Event("Fetch.requestPaused").OnEvent += async (_, paused) => await AnswerAsync(paused!.Value);
        await Session.SendAsync("Fetch.enable", new() { ["patterns"] = connection is null ? Patterns() : [new() { ["urlPattern"] = "*" }] });
    }

    public async Task<RenderResult> VisitAsync(RenderRequest request, CrawlerOptions options, CancellationToken cancellationToken)
    {
        var visit = new PageVisit(this, request, options);
        _visit = visit;
        try
        {
            return await visit.RunAsync(cancellationToken);
        }
        finally
        {
            _visit = null;
        }
    }

    /// <summary>Lets a paused request fail.</summary>
    public Task RefuseAsync(JsonElement paused, string reason) =>
        Session.SendAsync("Fetch.failRequest", new() { ["requestId"] = paused.GetProperty("requestId").GetString()!, ["errorReason"] = reason });

    private async Task AnswerAsync(JsonElement paused)
    {
        try
        {
            var type = paused.GetProperty("resourceType").GetString();
            if (_visit is not { } visit)
                await RefuseAsync(paused, "Aborted");
            else if (type == "Document")
                await visit.AnswerAsync(paused);
            else if (visit.Request.Connection is { } connection && !s_refused.Contains(type) && !Trackers.Match(paused.GetProperty("request").GetProperty("url").GetString()!))
                await SessionRequest.AnswerAsync(this, connection, paused, visit.Request.Url);
            else
                await RefuseAsync(paused, "BlockedByClient");
        }
        catch (PlaywrightException)
        {
            // The page was closed meanwhile, or has left what asked.
        }
    }

    private static async Task CloseAsync(IPage popup)
    {
        try
        {
            await popup.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // Gone already.
        }
    }

    private static List<Dictionary<string, object>> Patterns() =>
    [
        new() { ["urlPattern"] = "*", ["resourceType"] = "Document" },
        .. s_refused.Select(type => new Dictionary<string, object> { ["urlPattern"] = "*", ["resourceType"] = type }),
        .. Trackers.Patterns.Select(pattern => new Dictionary<string, object> { ["urlPattern"] = pattern }),
    ];
}
