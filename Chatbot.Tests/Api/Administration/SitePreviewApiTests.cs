using System.Net;
using System.Text.Json;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Administration;

public sealed class SitePreviewApiTests
{
    [Fact]
    public async Task Rules_that_are_not_saved_are_explained_with_the_access_of_the_site_they_are_for()
    {
        var crawler = new Crawler();
        await using var app = await ApiApp.StartAsync(services: s => s.AddSingleton<ISitePreview>(crawler));
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var id = site.GetProperty("id").GetString();

        var (status, explanation) = await app.SendAsync(
            HttpMethod.Post, "/api/sites/explain", new { siteId = id, site = new { startUrls = new[] { "https://town.example/" }, exclude = new[] { "*/b" } }, url = " https://town.example/b " });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(explanation.GetProperty("isIn").GetBoolean());
        Assert.Equal("rules", explanation.GetProperty("checks")[0].GetProperty("name").GetString());
        Assert.Equal((id, "*/b"), (crawler.Asked!.Id, crawler.Asked.Scope.Exclude.Single()));
    }

    [Fact]
    public async Task A_server_without_a_crawler_says_so()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, _) = await app.SendAsync(HttpMethod.Post, "/api/sites/preview", new { site = new { startUrls = new[] { "https://town.example/" } } });

        Assert.Equal(HttpStatusCode.NotImplemented, status);
    }

    [Theory]
    [InlineData("""{"url":"https://town.example/"}""", "site")]
    [InlineData("""{"site":{"startUrls":["https://town.example/"]}}""", "url")]
    [InlineData("""{"site":{"startUrls":["https://town.example/"]},"url":"x","maxPages":0}""", "maxPages")]
    [InlineData("""{"site":{"startUrls":[]},"url":"x"}""", "startUrls")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, problem) = await app.SendAsync(HttpMethod.Post, "/api/sites/explain", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(field)[0].GetString()!);
    }

    [Fact]
    public async Task Broken_links_of_an_unknown_run_are_not_found()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, "/api/crawl-runs/none/broken-links")).Status);
    }

    private sealed class Crawler : ISitePreview
    {
        public Site? Asked { get; private set; }

        public Task<ScopeExplanation> ExplainAsync(Site site, SiteAccess? access, string url, CancellationToken cancellationToken)
        {
            Asked = site;
            return Task.FromResult(new ScopeExplanation(url, url, false, "excluded", "excluded by */b", [new("rules", false, "excluded by */b")]));
        }

        public Task<CrawlPreview> PreviewAsync(Site site, SiteAccess? access, PreviewLimits limits, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AccessTest> TestAccessAsync(Site site, SiteAccess? access, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
