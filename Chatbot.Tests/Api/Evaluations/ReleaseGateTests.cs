using System.Net;
using System.Text.Json;
using Chatbot.Tests.Api.Documents;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class ReleaseGateTests
{
    [Fact]
    public async Task A_change_of_settings_goes_live_only_when_it_is_not_worse_or_an_administrator_wants_it()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        await app.AddGoldenAsync("How much does a new passport cost?", "https://town.example/passport", "60 euros");
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true, tolerance = 0.05 });

        var harmless = await ChangeAsync(app, 0.01);
        var afterHarmless = await RefuseBelowAsync(app);
        var harmful = await ChangeAsync(app, 1);
        var afterHarmful = await RefuseBelowAsync(app);
        var (greeted, _) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { refuseBelow = 0.01, greeting = "Welcome" } });
        var (activated, run) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{harmful.GetProperty("id").GetString()}/activate");
        var (twice, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{harmful.GetProperty("id").GetString()}/drop");

        Assert.Equal(("live", 0.01), (State(harmless), afterHarmless));
        Assert.Equal(("held", 0.01), (State(harmful), afterHarmful));
        Assert.Contains("Worse", harmful.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (greeted, activated, twice));
        Assert.Equal(("live", 1.0), (State(run), await RefuseBelowAsync(app)));
    }

    [Fact]
    public async Task Without_golden_questions_or_when_told_so_a_change_goes_live_at_once()
    {
        await using var app = await UploadApp.StartAsync();
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true });

        var (first, _) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { refuseBelow = 0.5 } });
        await app.AddGoldenAsync("How much does a new passport cost?", "https://town.example/passport", "60 euros");
        var (second, _) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default?gate=false", new { title = "Town", settings = new { refuseBelow = 0.6 } });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, second));
        Assert.Equal(0.6, await RefuseBelowAsync(app));
    }

    private static async Task<JsonElement> ChangeAsync(ApiApp app, double refuseBelow)
    {
        using var content = System.Net.Http.Json.JsonContent.Create(new { title = "Town", settings = new { refuseBelow } });
        using var response = await app.Client.PutAsync(new Uri("/api/knowledge-bases/default", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await app.EvaluatedAsync(response.Headers.Location!.ToString().Split('/')[^1]);
    }

    private static string? State(JsonElement run) => run.GetProperty("candidate").GetProperty("state").GetString();

    private static async Task<double> RefuseBelowAsync(ApiApp app) => (await app.GetAsync("/api/knowledge-bases/default")).GetProperty("settings").GetProperty("refuseBelow").GetDouble();
}
