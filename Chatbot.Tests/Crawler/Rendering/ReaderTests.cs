using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>What is read of a rendered page: what a visitor can read, and nothing else.</summary>
public sealed class ReaderTests : RenderingTests
{
    [Fact]
    public async Task Text_that_scripts_fetch_and_write_is_read()
    {
        Web.Html("/data.json", "{\"text\":\"The pool opens at seven.\"}");

        var html = await HtmlAsync("<main id=app></main><script>setTimeout(() => fetch('/data.json').then(r => r.json()).then(d => app.innerHTML = `<h1>Pool</h1><p>${d.text}</p>`), 100)</script>");

        Assert.Contains("<p>The pool opens at seven.</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shadow_trees_are_read_in_place_with_their_slots_filled()
    {
        var html = await HtmlAsync("""
            <main><fee-card><b slot="price">12 euros</b>not assigned anywhere</fee-card></main>
            <script>
              customElements.define('fee-card', class extends HTMLElement {
                constructor() {
                  super();
                  const root = this.attachShadow({ mode: 'closed' });
                  root.innerHTML = '<section><h2>Dog licence</h2><p>costs <slot name="price">?</slot> a year</p></section><style>section{color:red}</style>';
                }
              });
            </script>
            """);

        Assert.Contains("<section><h2>Dog licence</h2><p>costs <b>12 euros</b> a year</p></section>", html.Replace(" slot=\"price\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("not assigned", html, StringComparison.Ordinal);
        Assert.DoesNotContain("color:red", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_click_would_show_is_read()
    {
        var html = await HtmlAsync("""
            <main><style>.off, .panel { display: none }</style>
            <details><summary>When?</summary><p>On Mondays.</p></details>
            <button aria-expanded="false" aria-controls="where">Where?</button><div id="where" hidden>In the hall.</div>
            <div role="tablist"><button role="tab" id="t1">Adults</button><button role="tab" id="t2">Children</button></div>
            <div role="tabpanel" aria-labelledby="t1">Five euros.</div><div role="tabpanel" aria-labelledby="t2" style="display:none"><p>Two euros.</p></div>
            <h3><button>Who?</button></h3><div class="panel">Everybody.</div>
            <a href="#more">More</a><div id="more" class="off">All year round.</div>
            <section><h3>Cost?</h3><div class="off">Three euros.</div><h3>Dogs?</h3><div class="off">Outside.</div></section>
            <section><h3>Results</h3><div class="off">No results.</div></section>
            <p style="visibility:hidden">Never shown.</p><p class="off">Nor this.</p><p hidden>Nor that.</p>
            </main>
            """);

        foreach (var text in (string[])["On Mondays.", "In the hall.", "Five euros.", "<p>Two euros.</p>", "Everybody.", "All year round.", "Three euros.", "Outside."])
            Assert.Contains(text, html, StringComparison.Ordinal);
        foreach (var text in (string[])["Never shown.", "Nor this.", "Nor that.", "No results.", "hidden"])
            Assert.DoesNotContain(text, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_banners_and_dialogs_are_no_content_but_a_page_about_cookies_is()
    {
        var html = await HtmlAsync("""
            <main><h1>Cookies</h1><div class="cookie-policy"><p>We bake cookies with butter. Accept no others.</p></div></main>
            <div id="onetrust-banner-sdk"><p>We value your privacy</p><button>Accept all</button></div>
            <section class="cookie-banner" style="position:fixed;bottom:0"><p>We set a cookie.</p><button>Agree</button></section>
            <div style="position:fixed;bottom:0;z-index:99"><p>Diese Website verwendet Cookies.</p><button>Alle akzeptieren</button></div>
            <div role="dialog" aria-modal="true"><p>Subscribe now!</p><a href="/imprint">Imprint</a></div>
            <div style="position:fixed;inset:0;z-index:5000">Win a prize</div>
            """);

        Assert.Contains("We bake cookies with butter.", html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Web.Root}/imprint\"></a>", html, StringComparison.Ordinal);
        foreach (var text in (string[])["We value", "We set", "verwendet", "Subscribe", "prize"])
            Assert.DoesNotContain(text, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_in_what_is_hidden_still_lead_on()
    {
        var html = await HtmlAsync("<nav style=display:none><a href=/imprint>Imprint</a></nav><main><a href='terms#x'>Terms</a><object data=plan.pdf type=application/pdf></object></main>");

        Assert.Contains($"<a href=\"{Web.Root}/plan.pdf\"></a>", html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Web.Root}/imprint\"></a>", html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Web.Root}/terms#x\">Terms</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_with_scrolling_is_read_to_a_bound()
    {
        await RestartAsync(options => options.MaxScrolls = 3);

        var html = await HtmlAsync("""
            <main id="list"></main>
            <script>
              let n = 0;
              const add = () => { const p = document.createElement('p'); p.style.height = '3000px'; p.textContent = `Entry ${++n}.`; list.append(p); };
              add();
              addEventListener('scroll', () => setTimeout(add, 20));
            </script>
            """);

        Assert.Contains("Entry 4.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Entry 5.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_and_structured_data_are_kept()
    {
        var html = await HtmlAsync("""
            <script>
              document.title = 'Fees & more';
              document.head.insertAdjacentHTML('beforeend', '<link rel="canonical" href="/fees"><meta name="robots" content="nofollow"><script type="application/ld+json">{"@type":"WebPage"}<\/script>');
            </script><p>Text</p>
            """);

        Assert.Contains("<title>Fees &amp; more</title>", html, StringComparison.Ordinal);
        Assert.Contains($"<link rel=\"canonical\" href=\"{Web.Root}/fees\">", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"nofollow\">", html, StringComparison.Ordinal);
        Assert.Contains("{\"@type\":\"WebPage\"}</script>", html, StringComparison.Ordinal);
    }
}
