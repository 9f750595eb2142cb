using System.Net;
using System.Text.Json;
using Chatbot.Backends.Sites;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Administration;

public sealed class SiteAccessApiTests
{
    [Fact]
    public async Task What_opens_a_site_is_set_shown_by_name_and_forgotten()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var path = $"/api/sites/{site.GetProperty("id").GetString()}/access";

        var (_, none) = await app.SendAsync(HttpMethod.Get, path);
        var (saved, reply) = await app.SendAsync(HttpMethod.Put, path, new
        {
            headers = new Dictionary<string, string> { ["X-Key"] = "hush1" },
            cookies = new Dictionary<string, string> { ["sid"] = "hush2" },
            basicAuth = new { user = "anna", password = "hush3" },
            signIn = new { url = "https://town.example/login", fields = new { name = "hush4" } },
            proxy = "http://me:hush5@proxy.example:3128",
        });
        var (_, shown) = await app.SendAsync(HttpMethod.Get, path);
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, path);

        Assert.Equal(0, none.GetProperty("headers").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, saved);
        foreach (var answer in (JsonElement[])[reply, shown])
        {
            Assert.Equal("X-Key", answer.GetProperty("headers")[0].GetString());
            Assert.Equal("sid", answer.GetProperty("cookies")[0].GetString());
            Assert.Equal("anna", answer.GetProperty("basicAuthUser").GetString());
            Assert.Equal("name", answer.GetProperty("signInFields")[0].GetString());
            Assert.Equal("http://me@proxy.example:3128", answer.GetProperty("proxy").GetString());
            Assert.DoesNotContain("hush", answer.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NoContent, deleted);
        Assert.Equal(0, (await app.SendAsync(HttpMethod.Get, path)).Body.GetProperty("headers").GetArrayLength());
    }

    [Fact]
    public async Task Single_secrets_are_kept_replaced_and_cleared()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var id = site.GetProperty("id").GetString()!;
        var path = $"/api/sites/{id}/access";
        await app.SendAsync(HttpMethod.Put, path, new
        {
            headers = new Dictionary<string, string> { ["X-A"] = "a1", ["X-B"] = "b1" },
            basicAuth = new { user = "anna", password = "p1" },
            signIn = new { url = "https://town.example/login", fields = new { name = "n1" }, successText = "Sign out" },
            proxy = "http://me:s1@proxy.example:3128",
        });

        var (status, reply) = await app.SendAsync(HttpMethod.Put, path, new
        {
            headers = new Dictionary<string, string?> { ["X-A"] = null, ["X-C"] = "c1" },
            basicAuth = new { user = "anna", password = (string?)null },
            signIn = new { url = "https://town.example/other", fields = new Dictionary<string, string?> { ["name"] = null } },
            proxy = "http://me@proxy.example:3128",
        });

        Assert.True(status == HttpStatusCode.OK, reply.GetRawText());
        var stored = await app.Services.GetRequiredService<SiteAccessStore>().FindAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal([("X-A", "a1"), ("X-C", "c1")], stored!.Headers.Select(h => (h.Key, h.Value)).Order());
        Assert.Equal(("p1", "n1", null), (stored.BasicAuth!.Password, stored.SignIn!.Fields["name"], stored.SignIn.SuccessText));
        Assert.Equal("http://me:s1@proxy.example:3128", stored.Proxy);
        Assert.True(reply.GetProperty("hasProxyPassword").GetBoolean());
    }

    [Theory]
    [InlineData("""{"headers":{"X-New":null}}""", "headers")]
    [InlineData("""{"basicAuth":{"user":"somebody-else","password":null}}""", "basicAuth")]
    [InlineData("""{"signIn":{"url":"https://elsewhere.example/login","fields":{"name":null}}}""", "signIn")]
    public async Task What_is_not_stored_for_it_cannot_be_kept(string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var path = $"/api/sites/{site.GetProperty("id").GetString()}/access";
        await app.SendAsync(HttpMethod.Put, path, new { basicAuth = new { user = "anna", password = "p1" }, signIn = new { url = "https://town.example/login", fields = new { name = "n1" } } });

        var (status, problem) = await app.SendAsync(HttpMethod.Put, path, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Theory]
    [InlineData("""{"headers":{"Host":"x"}}""", "headers")]
    [InlineData("""{"headers":{"X-A":"a\r\nX-B: b"}}""", "headers")]
    [InlineData("""{"cookies":{"a":"b; c"}}""", "cookies")]
    [InlineData("""{"proxy":"ftp://proxy"}""", "proxy")]
    [InlineData("""{"caCertificates":"no PEM"}""", "caCertificates")]
    [InlineData("""{"signIn":{"url":"/login","fields":{}}}""", "signIn")]
    [InlineData("""{"basicAuth":{"user":"a:b","password":"c"}}""", "basicAuth")]
    public async Task What_could_not_be_used_is_refused(string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });

        var (status, problem) = await app.SendAsync(HttpMethod.Put, $"/api/sites/{site.GetProperty("id").GetString()}/access", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }
}
