using System.Text;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html.Scripting;

public sealed class ScriptSignsTests
{
    [Theory]
    [InlineData("<div id=root></div><script src=a.js></script>", "#root")]
    [InlineData("<div id='__next'><div>Loading…</div></div><script>1</script>", "#__next")]
    [InlineData("<app-root></app-root><script type=module src=main.js></script>", "<app-root>")]
    [InlineData("<body ng-app=town></body><script src=angular.js></script>", "<body>")]
    [InlineData("<div id=root><p>Rendered by the server, with text enough for any reader.</p></div><script src=a.js></script>", null)]
    [InlineData("<div id=content></div><script src=a.js></script>", null)]
    public void An_empty_element_that_frameworks_fill_is_named(string body, string? root) => Assert.Equal(root, Read(body).EmptyRoot);

    [Theory]
    [InlineData("<main><div id=list></div></main>", "#list")]
    [InlineData("<main><div data-src=/x.json></div></main>", "<div>")]
    [InlineData("<main><fee-card></fee-card></main>", "<fee-card>")]
    [InlineData("<main><p aria-busy=true>…</p></main>", "<p>")]
    [InlineData("<div class='skeleton-box'></div>", "<div>")]
    [InlineData("<header><site-menu></site-menu></header><main><p>Text</p><div></div></main>", null)]
    public void What_waits_to_be_filled_is_named(string body, string? placeholder) => Assert.Equal(placeholder, Read(body).Placeholder);

    [Fact]
    public void Scripts_that_run_are_counted_and_a_request_for_them_is_seen()
    {
        var signs = Read("<script>1</script><script type=module src=a.js></script><script type='application/ld+json'>{}</script><noscript>Please enable JavaScript.</noscript>");

        Assert.Equal(2, signs.Scripts);
        Assert.True(signs.AsksForScripts);
        Assert.False(Read("<noscript><img src=pixel.gif></noscript>").AsksForScripts);
    }

    private static ScriptSigns Read(string body) =>
        HtmlPage.Parse(Encoding.UTF8.GetBytes("<!doctype html><title>T</title><body>" + body), "utf-8", new Uri("https://town.example/"), TestContext.Current.CancellationToken).ReadScriptSigns();
}
