using System.Globalization;
using System.Text;
using Chatbot.Crawler;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Chatbot.Tests.Crawler.Hostile;

/// <summary>
/// A website that does to a crawler whatever websites do, and says of each of its addresses how a crawl must end there.
/// The front page links to all of them; an address that is to be found elsewhere is only expected.
/// </summary>
internal sealed partial class HostileSite : IAsyncDisposable
{
    private readonly Dictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, RequestDelegate Answer)> _folders = [];
    private readonly StringBuilder _links = new();
    private int _texts;

    private HostileSite()
    {
        var welcome = Sentence("the front page");
        Add("/", "new", null, context => HtmlAsync(context, Framed("Front page", $"<p>{welcome}</p>{_links}<p><a rel=nofollow href=/x/unfollowed>x</a></p>")));
        AddRedirects();
        AddSessions();
        AddEndlessSpaces();
        AddErrorsInDisguise();
        AddBodies();
        AddCharsets();
        AddRobots();
        AddSitemaps();
        AddDoubles();
        AddScripts();
    }

    /// <summary>State and reason by path and query.</summary>
    public Dictionary<string, (string State, string? Reason)> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>What must stand in a document, by path and query.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public TestSite Web { get; private set; } = null!;

    public static async Task<HostileSite> StartAsync()
    {
        var site = new HostileSite();
        site.Web = await TestSite.StartAsync();
        site.Web.Before = site.AnswerAsync;
        return site;
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();

    private async Task<bool> AnswerAsync(HttpContext context)
    {
        var address = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        var answer = _answers.GetValueOrDefault(address) ?? _folders.Find(f => address.StartsWith(f.Prefix, StringComparison.Ordinal)).Answer;
        if (answer is null)
            return false;

        await answer(context);
        return true;
    }

    private void Add(string address, string state, string? reason, RequestDelegate answer)
    {
        _answers.Add(address, answer);
        Link(address, state, reason);
    }

    /// <summary>An address that the front page links to, answered by its folder or not at all.</summary>
    private void Link(string address, string state, string? reason)
    {
        _links.Append(CultureInfo.InvariantCulture, $"<a href=\"{System.Net.WebUtility.HtmlEncode(address)}\">x</a> ");
        Expect(address, state, reason);
    }

    private void Expect(string address, string state, string? reason) => Expected.Add(address, (state, reason));

    /// <summary>A page with a text of its own.</summary>
    private void AddPage(string address, string more = "", string head = "", string state = "new", string? reason = null)
    {
        var html = Framed("About " + address, $"<p>{Sentence(address)}</p>{more}", head);
        Add(address, state, reason, context => HtmlAsync(context, html));
    }

    private void ExpectPage(string address, string more = "")
    {
        var html = Framed("About " + address, $"<p>{Sentence(address)}</p>{more}");
        _answers.Add(address, context => HtmlAsync(context, html));
        Expect(address, "new", null);
    }

    private string Sentence(string subject)
    {
        string[] words = ["river", "bakery", "harbour", "orchard", "station", "library", "meadow", "castle", "market", "chapel", "bridge", "garden", "forge"];
        var n = ++_texts;
        return $"All that the town has to say about {subject}: the {words[n % 13]} lies behind the {words[n / 13 % 13]}, and number {n} is the house beside it.";
    }

    private static string Framed(string title, string body, string head = "") =>
        $"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>";

    private static Task HtmlAsync(HttpContext context, string html) => BytesAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));

    private static async Task BytesAsync(HttpContext context, string? type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Task RedirectAsync(HttpContext context, string? location, int status = 302)
    {
        context.Response.StatusCode = status;
        if (location is not null)
            context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
