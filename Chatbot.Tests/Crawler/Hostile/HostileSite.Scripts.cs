using Chatbot.Crawler;

namespace Chatbot.Tests.Crawler.Hostile;

/// <content>Pages whose text comes by scripts, or hides.</content>
internal sealed partial class HostileSite
{
    // One file for all addresses, which shows what the address asks for.
    private const string Shell = """
        <!doctype html><html lang=en><head><meta charset=utf-8><title>Fares</title></head><body><div id=app>Loading…</div><noscript>Please allow JavaScript.</noscript><script>
        const routes = { '/app/': 'home', '/app/adults': 'adults', '/app/children': 'children' };
        const name = routes[location.pathname];
        if (!name) app.innerHTML = '<main><h1>Not found</h1><p>There is no such page in these fares.</p></main>';
        else fetch('/data/' + name).then(r => r.json()).then(d => app.innerHTML = `<main><h1>${d.title}</h1><p>${d.text}</p>
            <a href="/app/adults">Adults</a> <a href="/app/children">Children</a> <a href="/app/dogs">Dogs</a></main>`);
        </script></body></html>
        """;

    private void AddScripts()
    {
        _folders.Add(("/app/", context => HtmlAsync(context, Shell)));
        AddRoute("/app/", "home", "Fares of the ferry, for all who cross the river between May and October.");
        AddRoute("/app/adults", "adults", "Adults pay four crowns and twenty, on Sundays as on any other day of the week.");
        AddRoute("/app/children", "children", "Children cross for nothing as long as somebody holds them by the hand.");
        Expect("/app/dogs", "failed", PageReasons.SoftNotFound);
        _links.Append("<a href=/app/>x</a> ");

        Add("/j/shadow", "new", null, context => HtmlAsync(context, """
            <!doctype html><html lang=en><title>Tides</title><body><tide-table></tide-table><script>
            customElements.define('tide-table', class extends HTMLElement { connectedCallback() {
              this.attachShadow({ mode: 'open' }).innerHTML = '<h1>Tides</h1><p>High water comes at six in the morning, and once more after supper.</p><a href="/j/in-the-shadow">more</a>'; } });
            </script></body></html>
            """));
        Texts["/j/shadow"] = "High water comes at six in the morning";
        ExpectPage("/j/in-the-shadow");

        Add("/j/accordion", "new", null, context => HtmlAsync(context, """
            <!doctype html><html lang=en><title>Questions</title><body><main id=app></main><script>
            app.innerHTML = `<h1>Questions</h1><details><summary>When does it open?</summary><p>The gate opens as soon as the miller is awake.</p></details>
              <button aria-expanded=false aria-controls=a2>Where is it?</button><div id=a2 hidden><p>The gate stands where the two walls meet.</p></div>
              <div style="display:none"><p>Nobody shall ever read this.</p></div>
              <div id=cookie-banner style="position:fixed;bottom:0">We use cookies to make everything better. <button>Accept all</button></div>`;
            </script></body></html>
            """));
        Texts["/j/accordion"] = "The gate stands where the two walls meet";

        Add("/j/leads-away", "duplicate", PageReasons.Redirect, context => HtmlAsync(context, "<!doctype html><title>Go</title><script>location.replace('/j/arrived')</script>"));
        ExpectPage("/j/arrived");
        Add("/j/gains-nothing", "new", null, context => HtmlAsync(context, Framed("Quiet", "<p>As short with its script as without.</p><script>1</script>")));
    }

    private void AddRoute(string address, string name, string text)
    {
        _answers.Add("/data/" + name, context => BytesAsync(context, "application/json", System.Text.Encoding.UTF8.GetBytes($"{{\"title\":\"{name}\",\"text\":\"{text}\"}}")));
        Expect(address, "new", null);
        Texts[address] = text;
    }
}
