using System.Globalization;
using Chatbot.Crawler;
using Microsoft.AspNetCore.Http;

namespace Chatbot.Tests.Crawler.Hostile;

/// <content>Addresses that lead astray: redirects, sessions, spaces without end, pages that are none.</content>
internal sealed partial class HostileSite
{
    /// <summary>Pages that say the same, in a row, before the crawl leaves them; what the test sets.</summary>
    public const int LongestChain = 3;

    private void AddRedirects()
    {
        Add("/r/moved", "duplicate", PageReasons.Redirect, context => RedirectAsync(context, "target#part", 301));
        ExpectPage("/r/target");
        foreach (var (from, to) in new[] { ("/r/a", "/r/b"), ("/r/b", "/r/c"), ("/r/c", "/r/a"), ("/r/self", "/r/self") })
        {
            _answers.Add(from, context => RedirectAsync(context, to));
            Expect(from, "failed", PageReasons.RedirectLoop);
        }

        _links.Append("<a href=/r/a>x</a> <a href=/r/self>x</a> <a href='/r/on?n=1'>x</a> ");
        _folders.Add(("/r/on?n=", context => RedirectAsync(context, $"/r/on?n={int.Parse(context.Request.Query["n"]!, CultureInfo.InvariantCulture) + 1}")));
        for (var n = 1; n <= 11; n++)
            Expect($"/r/on?n={n}", "failed", PageReasons.TooManyRedirects);

        Add("/r/away", "skipped", PageReasons.OffHost, context => RedirectAsync(context, "http://elsewhere.invalid/"));
        Add("/r/mail", "skipped", PageReasons.NotHttp, context => RedirectAsync(context, "mailto:mayor@town.example"));
        Add("/r/nowhere", "failed", PageReasons.MalformedAnswer, context => RedirectAsync(context, null));
        // Who keeps no cookies comes back for ever.
        Add("/r/cookie", "failed", PageReasons.RedirectLoop, context =>
        {
            context.Response.Headers.SetCookie = "visited=1";
            return RedirectAsync(context, "/r/cookie");
        });
        Add("/r/session", "duplicate", PageReasons.Redirect, context => RedirectAsync(context, $"/r/inside?PHPSESSID={Guid.CreateVersion7():N}"));
        _folders.Add(("/r/inside", context => HtmlAsync(context, Framed("Inside", "<p>Whoever comes in is given a number, and nobody asks for it again.</p>"))));
        Expect("/r/inside", "new", null);
        Add("/r/refresh", "duplicate", PageReasons.Redirect, context => HtmlAsync(context, "<meta http-equiv=refresh content=\"0; URL='/r/refreshed'\"><title>Moved</title>"));
        ExpectPage("/r/refreshed");
        AddPage("/r/reloads", head: "<meta http-equiv=refresh content=60>");
        AddPage("/r/noscript", "<noscript><meta http-equiv=refresh content='0;url=/r/target'></noscript>");
    }

    private void AddSessions()
    {
        foreach (var (address, name) in new[] { ("/s/", "start"), ("/s/one", "one"), ("/s/two", "two"), ("/s/three?id=3", "three") })
            Expect(address, "new", null);
        _links.Append("<a href=/s/>x</a> ");
        // Links with a new session at every look, and more of them behind each.
        _folders.Add(("/s/", context =>
        {
            var (id, path) = (Guid.CreateVersion7().ToString("N"), context.Request.Path.Value!.Split(';')[0]);
            return HtmlAsync(context, Framed(
                "Session " + path,
                $"<p>What the visitors of {path} are told, whatever their number may be.</p><a href='/s/one;jsessionid={id}'>1</a> <a href='/s/two?utm_source=x&PHPSESSID={id}'>2</a> <a href='/s/three?sid={id}&id=3'>3</a>"));
        }));
    }

    private void AddEndlessSpaces()
    {
        var today = TimeProvider.System.GetUtcNow();
        var first = new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        static string At(DateTime month) => month.ToString("'/cal/'yyyy'/'MM", CultureInfo.InvariantCulture);
        _folders.Add(("/cal/", context =>
        {
            var month = DateTime.ParseExact(context.Request.Path.Value!["/cal/".Length..], "yyyy/MM", CultureInfo.InvariantCulture);
            var days = string.Concat(Enumerable.Range(1, DateTime.DaysInMonth(month.Year, month.Month)).Select(d => $"<td>{d}</td>"));
            return HtmlAsync(context, Framed(
                month.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
                $"<p>There are no events.</p><table><tr>{days}</tr></table><a href={At(month.AddMonths(-1))}>back</a> <a href={At(month.AddMonths(1))}>on</a>"));
        }));
        Link(At(first), "new", null);
        for (var months = 1; months <= LongestChain; months++)
        {
            Expect(At(first.AddMonths(months)), "new", null);
            Expect(At(first.AddMonths(-months)), "new", null);
        }

        Expect(At(first.AddMonths(LongestChain + 1)), "skipped", PageReasons.Endless);
        Expect(At(first.AddMonths(-LongestChain - 1)), "skipped", PageReasons.Endless);
        Link($"/cal/{today.Year + 7}/05", "skipped", PageReasons.Calendar);

        // A list with a next page though it is at its end. Pages that say something are no end.
        string[] items = ["a lost umbrella", "the keys of a boat", "one red glove", "a parrot's cage"];
        _folders.Add(("/list?page=", context =>
        {
            var page = int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture);
            var item = page <= items.Length ? $"Found in the tram: {items[page - 1]}, to be fetched at the counter." : "That is all for now.";
            return HtmlAsync(context, Framed("Lost and found", $"<p>{item}</p><p>Page {page}</p><a href='/list?page={page + 1}'>next</a>"));
        }));
        Link("/list?page=1", "new", null);
        for (var page = 2; page <= items.Length + 1 + LongestChain; page++)
            Expect($"/list?page={page}", "new", null);
        Expect($"/list?page={items.Length + 2 + LongestChain}", "skipped", PageReasons.Endless);

        _folders.Add(("/loop/", context => HtmlAsync(context, Framed("Loop", $"<p>You are at {context.Request.Path}.</p><a href='more/'>more</a>"))));
        Link("/loop/", "new", null);
        for (var n = 1; n <= 3; n++)
            Expect("/loop/" + string.Concat(Enumerable.Repeat("more/", n)), "new", null);
        Expect("/loop/more/more/more/more/", "skipped", PageReasons.RepeatingPath);
        Link("/filter?" + string.Join('&', Enumerable.Range(1, 13).Select(n => $"p{n}=1")), "skipped", PageReasons.TooManyParameters);
        Link("/long/" + new string('a', 2_000), "skipped", PageReasons.UrlTooLong);
    }

    private void AddErrorsInDisguise()
    {
        _folders.Add(("/soft/", context => HtmlAsync(context, Framed("Oops!", $"<p>Sorry, {context.Request.Path} could not be found. You may like number {Random.Shared.Next(100)} better.</p>"))));
        AddPage("/soft/real");
        AddPage("/soft/strike", "<p>Since the strike the ferry is not available, and the last baker could not be found by anyone who looked for him all morning.</p>");
        Link("/soft/lost", "failed", PageReasons.SoftNotFound);
        Link("/soft/lost-too", "failed", PageReasons.SoftNotFound);
        Link("/soft?article=17", "failed", PageReasons.SoftNotFound);
        _folders.Add(("/soft?article=", context => HtmlAsync(context, Framed("Seite nicht gefunden", "<p>Diesen Artikel gibt es nicht.</p>"))));

        // Words alone prove nothing: here what is missing is answered as it should be.
        AddPage("/help/error-404", "<p>Error 404, page not found: what it means and what to do about it.</p>");

        _folders.Add(("/shop/", context => RedirectAsync(context, "/shop/sold-out")));
        Link("/shop/teapot", "duplicate", PageReasons.Redirect);
        _answers.Add("/shop/sold-out", context => HtmlAsync(context, Framed("Not available", "<p>This product is no longer available.</p>")));
        Expect("/shop/sold-out", "failed", PageReasons.SoftNotFound);

        Link("/missing", "failed", PageReasons.NotFound);
        Add("/gone", "failed", PageReasons.NotFound, context => StatusAsync(context, 410));
        Add("/forbidden", "failed", PageReasons.HttpError, context => StatusAsync(context, 403));
        Add("/broken", "failed", PageReasons.HttpError, context => StatusAsync(context, 500));
    }

    private void AddDoubles()
    {
        const string Same = "<p>The same words under two addresses, and nobody knows which came first.</p>";
        Add("/d/one", "new", null, context => HtmlAsync(context, Framed("Doubles", Same)));
        Add("/d/other/one", "duplicate", PageReasons.SameContent, context => HtmlAsync(context, Framed("Doubles", Same)));
        AddPage("/d/named", head: "<link rel=canonical href=/d/name>", state: "duplicate", reason: PageReasons.Canonical);
        ExpectPage("/d/name");
        AddPage("/d/names-missing", head: "<link rel=canonical href=/missing>");
        AddPage("/d/base/", "<a href=below>x</a>", "<base href=/d/moved/>");
        ExpectPage("/d/moved/below");
        AddPage("/d/de", head: "<link rel=alternate hreflang=fr href=/d/fr>");
        ExpectPage("/d/fr");
        _links.Append("<a href='/d/%6fne#part'>x</a> <a href='/d/./one?utm_campaign=x'>x</a> <a href='mailto:a@b.example'>x</a> <a href='javascript:void(0)'>x</a> <a href='http://elsewhere.invalid/x'>x</a> ");
    }
}
