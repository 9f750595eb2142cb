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
