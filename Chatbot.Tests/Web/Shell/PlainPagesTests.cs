using System.Net;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Web.Shell;

[Collection(PagesCollection.Name)]
public sealed class PlainPagesTests(WholeServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_is_not_there_says_so_in_the_visitors_language_with_the_trace_id()
    {
        using var response = await GetAsync("/no/such/page", language: "de");
        var page = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Diese Seite gibt es nicht", page, StringComparison.Ordinal);
        Assert.Contains(response.Headers.GetValues("X-Trace-Id").Single(), page, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_knowledge_base_that_is_not_there_is_a_page_that_is_not_there()
    {
        using var response = await GetAsync("/?kb=nobody");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Pages_allow_nothing_from_elsewhere()
    {
        using var chat = await GetAsync("/");
        using var admin = await GetAsync("/admin/login");

        var policy = chat.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", admin.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", chat.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(chat.Headers.Contains("Referrer-Policy"));
    }

    [Fact]
    public async Task Origins_that_a_knowledge_base_allows_may_show_the_chat_in_a_frame()
    {
        await server.PostAsync("api/knowledge-bases", new { name = "embedded", title = "Embedded", settings = new { allowedOrigins = new[] { "https://www.example.org" } } }, Cancelled);

        using var chat = await GetAsync("/?kb=embedded&embed=1");

        Assert.EndsWith("frame-ancestors 'self' https://www.example.org", chat.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_are_cached_for_ever_under_an_address_that_changes_with_them()
    {
        using var page = await GetAsync("/");
        var address = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(Cancelled), "/assets/[0-9a-f]+/chat\\.js").Value;

        using var current = await GetAsync(address);
        using var old = await GetAsync("/assets/000000000000/chat.js");
        using var known = await GetAsync(address, etag: current.Headers.ETag!.ToString());

        Assert.Contains("immutable", current.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(old.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Preferences_lead_back_to_this_server_only(string back)
    {
        using var response = await GetAsync($"/preferences?lang=fr&back={Uri.EscapeDataString(back)}");

        Assert.Equal("/", response.Headers.Location!.OriginalString);
        Assert.Contains("lang=fr", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string language = "en", string? etag = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", language);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return await client.SendAsync(request, Cancelled);
    }
}
