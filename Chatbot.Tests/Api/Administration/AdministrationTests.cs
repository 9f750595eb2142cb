using System.Net;
using System.Text.Json;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Administration;

public sealed class AdministrationTests
{
    [Fact]
    public async Task A_site_is_added_changed_crawled_and_deleted()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (created, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" }, maxPages = 10, maxMegabytes = 25 });
        var path = $"/api/sites/{site.GetProperty("id").GetString()}";
        var (updated, changed) = await app.SendAsync(HttpMethod.Put, path, new { name = "Town", startUrls = new[] { "https://town.example/" }, renderMode = "auto", hostDelayMs = 250 });
        var (accepted, run) = await app.SendAsync(HttpMethod.Post, path + "/crawl");
        var (_, again) = await app.SendAsync(HttpMethod.Post, path + "/crawl");
        var listed = (await app.GetAsync("/api/sites?knowledgeBase=default")).GetProperty("items")[0];
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, path);

        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal("town.example", site.GetProperty("name").GetString());
        Assert.Equal(10, site.GetProperty("maxPages").GetInt32());
        Assert.Equal(25, site.GetProperty("maxMegabytes").GetInt32());
        Assert.Equal(HttpStatusCode.OK, updated);
        Assert.Equal("auto", changed.GetProperty("renderMode").GetString());
        Assert.Equal(250, changed.GetProperty("hostDelayMs").GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, accepted);
        Assert.Equal("queued", run.GetProperty("state").GetString());
        Assert.Equal(run.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(run.GetProperty("id").GetString(), listed.GetProperty("lastRun").GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NoContent, deleted);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task A_crawl_is_announced_to_the_crawlers_once()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });

        var (_, run) = await app.SendAsync(HttpMethod.Post, $"/api/sites/{site.GetProperty("id").GetString()}/crawl");
        await app.SendAsync(HttpMethod.Post, $"/api/sites/{site.GetProperty("id").GetString()}/crawl");

        var job = Assert.Single(await app.Services.GetRequiredService<IJobQueue>().TakeAsync(Queues.Crawls, 10, TestContext.Current.CancellationToken));
        Assert.Equal(new CrawlRequested(run.GetProperty("id").GetString()!), job.Job.ToMessage());
    }

    [Theory]
    [InlineData("""{}""", "startUrls")]
    [InlineData("""{"startUrls":["town.example"]}""", "startUrls")]
    [InlineData("""{"startUrls":["ftp://town.example/"]}""", "startUrls")]
    [InlineData("""{"startUrls":["javascript:alert(1)"]}""", "startUrls")]
    [InlineData("""{"startUrls":["https://town.example/"],"maxPages":0}""", "maxPages")]
    [InlineData("""{"startUrls":["https://town.example/"],"maxMegabytes":0}""", "maxMegabytes")]
    [InlineData("""{"startUrls":["https://town.example/"],"maxDepth":-1}""", "maxDepth")]
    [InlineData("""{"startUrls":["https://town.example/"],"include":["/(/"]}""", "include")]
    [InlineData("""{"startUrls":["https://town.example/"],"hosts":["https://docs.town.example/"]}""", "hosts")]
    [InlineData("""{"startUrls":["https://town.example/"],"fileTypes":["exe"]}""", "fileTypes")]
    [InlineData("""{"startUrls":["https://town.example/"],"knowledgeBase":"none"}""", "knowledgeBase")]
    public async Task A_wrong_field_of_a_site_is_named(string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, problem) = await app.SendAsync(HttpMethod.Post, "/api/sites", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(field)[0].GetString()!);
    }

    [Fact]
    public async Task A_knowledge_base_is_created_once_changed_and_deleted_and_the_default_stays()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (created, _) = await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases", new { name = "tourism", title = "Tourism" });
        var (twice, _) = await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases", new { name = "tourism", title = "Again" });
        var (wrong, problem) = await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases", new { name = "No Name!", title = "", settings = new { allowedOrigins = new[] { "https://a.example/path" } } });
        var config = await app.GetAsync("/api/chat/config?knowledgeBase=tourism&language=fr");
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, "/api/knowledge-bases/tourism");
        var (kept, _) = await app.SendAsync(HttpMethod.Delete, "/api/knowledge-bases/default");

        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal(HttpStatusCode.Conflict, twice);
        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.Equal(["name", "settings.allowedOrigins", "title"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Tourism", config.GetProperty("title").GetString());
        Assert.StartsWith("Bonjour", config.GetProperty("greeting").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, deleted);
        Assert.Equal(HttpStatusCode.Conflict, kept);
    }

    [Fact]
    public async Task A_run_is_followed_to_its_end()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var (_, run) = await app.SendAsync(HttpMethod.Post, $"/api/sites/{site.GetProperty("id").GetString()}/crawl");
        var id = run.GetProperty("id").GetString()!;
        var runs = app.Services.GetRequiredService<CrawlRunStore>();
        await runs.SetStateAsync(id, CrawlRunState.Running, null, TestContext.Current.CancellationToken);

        using var response = await app.Client.GetAsync(new Uri($"/api/crawl-runs/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var reading = SseReader.ReadAllAsync(response);
        await runs.SetStateAsync(id, CrawlRunState.Completed, null, TestContext.Current.CancellationToken);
        var events = await reading;

        Assert.Equal("done", events[^1].EventType);
        Assert.Equal("completed", events.Data("done").GetProperty("run").GetProperty("state").GetString());
        Assert.Equal("progress", events[0].EventType);
    }

    [Fact]
    public async Task A_run_is_cancelled_once_and_has_a_report()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var (_, run) = await app.SendAsync(HttpMethod.Post, $"/api/sites/{site.GetProperty("id").GetString()}/crawl");
        var path = $"/api/crawl-runs/{run.GetProperty("id").GetString()}";

        var (cancelled, ended) = await app.SendAsync(HttpMethod.Post, path + "/cancel");
        var (again, _) = await app.SendAsync(HttpMethod.Post, path + "/cancel");
        using var csv = await app.Client.GetAsync(new Uri(path + "/report?format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var json = await app.GetAsync(path + "/report");
        var urls = await app.GetAsync(path + "/urls?state=failed&limit=10");
        var reasons = await app.GetAsync(path + "/reasons");
        var (wrong, problem) = await app.SendAsync(HttpMethod.Get, path + "/urls?state=lost&limit=0");

        Assert.Equal(HttpStatusCode.OK, cancelled);
        Assert.Equal("cancelled", ended.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("url,state", await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, json.ValueKind);
        Assert.Equal((0, 0), (urls.GetProperty("total").GetInt32(), reasons.GetProperty("items").GetArrayLength()));
        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.Equal(["limit", "state"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Documents_are_listed_with_filters_shown_with_their_chunks_and_taken_out()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();

        var page = await app.GetAsync("/api/documents?limit=2&offset=1");
        var found = (await app.GetAsync("/api/documents?text=passport&status=indexed")).GetProperty("items");
        var id = found[0].GetProperty("id").GetString();
        var chunks = await app.GetAsync($"/api/documents/{id}/chunks");
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, $"/api/documents/{id}");
        var gone = await app.GetAsync($"/api/documents/{id}");

        Assert.Equal(4, page.GetProperty("total").GetInt32());
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        Assert.Equal(1, found.GetArrayLength());
        Assert.StartsWith("A new passport", chunks.GetProperty("items")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, deleted);
        Assert.Equal("gone", gone.GetProperty("status").GetString());
        var job = Assert.Single(await app.Services.GetRequiredService<IJobQueue>().TakeAsync(Queues.Documents, 10, TestContext.Current.CancellationToken));
        Assert.Equal(new DocumentGone(id!), job.Job.ToMessage());
    }

    [Fact]
    public async Task A_search_shows_the_best_passages_first_and_stats_count_them()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.AddPageAsync("copy", "Passport (copy)", "A new passport costs 60 euros. Bring your old passport and a photograph. The passport is valid for ten years.");
        await app.SignInAsync();

        var found = await app.GetAsync("/api/search?q=passport%20photograph&top=5");
        var stats = await app.GetAsync("/api/stats");

        var hit = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(1, hit.GetProperty("rank").GetInt32());
        Assert.True(hit.GetProperty("score").GetDouble() > 0);
        var town = stats.GetProperty("knowledgeBases")[0];
        Assert.Equal(5, town.GetProperty("documents").GetProperty("indexed").GetInt32());
        Assert.Equal(5, town.GetProperty("index").GetProperty("documents").GetInt32());
        Assert.Equal(0, stats.GetProperty("queues").GetProperty("documents").GetProperty("waiting").GetInt32());
    }
}
