using System.Net;
using System.Text.Json;
using Xunit;

namespace Chatbot.Tests.Api.Administration;

public sealed class ScheduleApiTests
{
    [Fact]
    public async Task A_schedule_is_kept_with_the_site_and_a_pause_outlasts_an_edit()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var request = new { startUrls = new[] { "https://town.example/" }, schedule = new { cron = "30 4 * * 1-5", timeZone = "Europe/Berlin", mode = "incremental" } };
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", request);
        var path = $"/api/sites/{site.GetProperty("id").GetString()}";

        var (paused, _) = await app.SendAsync(HttpMethod.Post, path + "/pause");
        var (_, edited) = await app.SendAsync(HttpMethod.Put, path, request);
        var (refused, _) = await app.SendAsync(HttpMethod.Post, path + "/crawl");
        await app.SendAsync(HttpMethod.Post, path + "/resume");
        var (accepted, run) = await app.SendAsync(HttpMethod.Post, path + "/crawl?mode=incremental");

        Assert.Equal("incremental", site.GetProperty("schedule").GetProperty("mode").GetString());
        Assert.Equal(HttpStatusCode.OK, paused);
        Assert.True(edited.GetProperty("paused").GetBoolean());
        Assert.Equal("30 4 * * 1-5", edited.GetProperty("schedule").GetProperty("cron").GetString());
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Accepted), (refused, accepted));
        Assert.Equal("incremental", run.GetProperty("mode").GetString());
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new
        {
            name = "Town",
            startUrls = new[] { "https://town.example/" },
            exclude = new[] { "*/old/*" },
            maxDepth = 7,
            hostDelayMs = 1500,
            allowPrivateAddresses = true,
            schedule = new { cron = "30 4 * * 1-5", timeZone = "Europe/Berlin", mode = "incremental" },
        });
        var path = $"/api/sites/{site.GetProperty("id").GetString()}";

        var (status, patched) = await app.SendAsync(HttpMethod.Patch, path, JsonSerializer.Deserialize<JsonElement>("""{"exclude":["*/new/*"],"hostDelayMs":null,"schedule":{"mode":"full"}}"""));
        var (wrong, problem) = await app.SendAsync(HttpMethod.Patch, path, JsonSerializer.Deserialize<JsonElement>("""{"maxDepth":-1}"""));
        var (malformed, _) = await app.SendAsync(HttpMethod.Patch, path, JsonSerializer.Deserialize<JsonElement>("""{"maxDepth":"deep"}"""));
        var (_, never) = await app.SendAsync(HttpMethod.Patch, path, JsonSerializer.Deserialize<JsonElement>("""{"schedule":null}"""));

        Assert.True(status == HttpStatusCode.OK, patched.GetRawText());
        Assert.Equal(("Town", 7, true), (patched.GetProperty("name").GetString(), patched.GetProperty("maxDepth").GetInt32(), patched.GetProperty("allowPrivateAddresses").GetBoolean()));
        Assert.Equal("*/new/*", patched.GetProperty("exclude")[0].GetString());
        Assert.False(patched.TryGetProperty("hostDelayMs", out _));
        Assert.Equal(("30 4 * * 1-5", "full"), (patched.GetProperty("schedule").GetProperty("cron").GetString(), patched.GetProperty("schedule").GetProperty("mode").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("maxDepth")[0].GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, malformed);
        Assert.False(never.TryGetProperty("schedule", out _));
    }

    [Theory]
    [InlineData("""{"cron":"61 * * * *"}""", "schedule.cron")]
    [InlineData("""{"cron":"* * * * *","timeZone":"Europe/Nowhere"}""", "schedule.timeZone")]
    [InlineData("""{"intervalMinutes":0}""", "schedule.intervalMinutes")]
    [InlineData("""{"cron":"* * * * *","intervalMinutes":5}""", "schedule")]
    [InlineData("""{}""", "schedule")]
    public async Task A_schedule_that_cannot_be_is_refused(string schedule, string field)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, problem) = await app.SendAsync(HttpMethod.Post, "/api/sites", JsonSerializer.Deserialize<JsonElement>($$"""{"startUrls":["https://town.example/"],"schedule":{{schedule}}}"""));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(field)[0].GetString()!);
    }
}
