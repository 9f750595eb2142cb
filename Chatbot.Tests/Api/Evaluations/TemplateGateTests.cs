using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chatbot.Tests.Api.Documents;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class TemplateGateTests
{
    private const string Question = "How much does a new passport cost?";
    private const string Good = "Be exact.\n---\n{context}\n{question}\n";
    private const string Better = "Be exact and kind.\n---\n{context}\n{question}\n";
    private const string Bad = "Be vague.\n---\n{context}\n{question}\n";

    [Fact]
    public async Task A_new_version_is_asked_the_golden_questions_and_comes_into_use_only_when_it_is_not_worse_or_an_administrator_wants_it()
    {
        await using var model = await AnsweringAsync(Task.CompletedTask);
        await using var app = await StartAsync(model);

        var created = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Post, "/api/prompt-templates", new { text = Good }));
        var template = Assert.Single((await app.GetAsync("/api/prompt-templates")).GetProperty("items").EnumerateArray());
        var path = $"/api/prompt-templates/{template.GetProperty("id").GetString()}";
        var bad = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Put, path, new { text = Bad, version = 1 }));
        var whileHeld = await app.GetAsync(path);
        var waiting = Assert.Single((await app.GetAsync("/api/prompt-templates/waiting")).GetProperty("items").EnumerateArray());
        var (stale, _) = await app.SendAsync(HttpMethod.Put, path, new { text = Better, version = 7 });
        var answer = await app.AnswerAsync(Question);
        var (activated, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{bad.GetProperty("id").GetString()}/activate");
        var afterwards = await app.GetAsync(path);
        var restored = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Post, $"{path}/versions/1/restore", new { }));

        Assert.Equal(("live", Good), (State(created), template.GetProperty("text").GetString()));
        Assert.Equal(("held", Good), (State(bad), whileHeld.GetProperty("text").GetString()));
        Assert.Contains("Worse", bad.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((bad.GetProperty("id").GetString(), Bad), (waiting.GetProperty("id").GetString(), waiting.GetProperty("candidate").GetProperty("templates")[0].GetProperty("text").GetString()));
        Assert.Contains("60 euros", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (stale, activated));
        Assert.Equal((2, Bad), (afterwards.GetProperty("version").GetInt32(), afterwards.GetProperty("text").GetString()));
        Assert.Equal(("live", 3), (State(restored), (await app.GetAsync(path)).GetProperty("version").GetInt32()));
        Assert.Empty((await app.GetAsync("/api/prompt-templates/waiting")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_version_that_is_given_up_leaves_no_trace_and_those_of_a_file_wait_together()
    {
        await using var model = await AnsweringAsync(Task.CompletedTask);
        await using var app = await StartAsync(model);
        var (_, template) = await app.SendAsync(HttpMethod.Post, "/api/prompt-templates?gate=false", new { text = Good });
        var path = $"/api/prompt-templates/{template.GetProperty("id").GetString()}";

        var held = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Post, "/api/prompt-templates/import", new[] { new { text = Bad, language = (string?)null }, new { text = Bad, language = (string?)"de" } }));
        var (dropped, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{held.GetProperty("id").GetString()}/drop");
        var afterDrop = await app.GetAsync("/api/prompt-templates");
        var live = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Post, "/api/prompt-templates/import", new[] { new { text = Better, language = (string?)null }, new { text = Bad, language = (string?)"de" } }));
        var afterwards = await app.GetAsync("/api/prompt-templates");

        Assert.Equal(("held", HttpStatusCode.OK), (State(held), dropped));
        Assert.Equal(Good, Assert.Single(afterDrop.GetProperty("items").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(1, (await app.GetAsync($"{path}/versions/1")).GetProperty("version").GetInt32());
        // What German visitors get is asked by no question.
        Assert.Equal(("live", 2), (State(live), afterwards.GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task A_version_whose_place_another_one_took_meanwhile_is_held()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await AnsweringAsync(release.Task);
        await using var app = await StartAsync(model);
        var (_, template) = await app.SendAsync(HttpMethod.Post, "/api/prompt-templates?gate=false", new { text = Good });
        var path = $"/api/prompt-templates/{template.GetProperty("id").GetString()}";

        var id = await HeldAsync(app, HttpMethod.Put, path, new { text = Better });
        var (passed, _) = await app.SendAsync(HttpMethod.Put, $"{path}?gate=false", new { text = Good + "Now.\n" });
        release.SetResult();
        var run = await app.EvaluatedAsync(id);

        Assert.Equal((HttpStatusCode.OK, "held"), (passed, State(run)));
        Assert.Contains("another version", run.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await app.GetAsync(path)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_version_is_held_when_the_model_that_is_told_it_does_not_answer()
    {
        await using var model = await ScriptedModel.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var app = await StartAsync(model);

        var run = await app.EvaluatedAsync(await HeldAsync(app, HttpMethod.Post, "/api/prompt-templates", new { text = Good }));

        Assert.Equal("held", State(run));
        Assert.Contains("cannot be compared", run.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await app.GetAsync("/api/prompt-templates")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_model_or_golden_questions_a_version_comes_into_use_at_once()
    {
        await using var model = await AnsweringAsync(Task.CompletedTask);
        await using var unasked = await UploadApp.StartAsync(model.Settings);
        await unasked.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true });
        await using var untold = await StartAsync(null);

        var (withoutQuestions, _) = await unasked.SendAsync(HttpMethod.Post, "/api/prompt-templates", new { text = Good });
        var (withoutModel, _) = await untold.SendAsync(HttpMethod.Post, "/api/prompt-templates", new { text = Good });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (withoutQuestions, withoutModel));
    }

    private static async Task<ApiApp> StartAsync(ScriptedModel? model)
    {
        var app = await UploadApp.StartAsync(model?.Settings);
        await app.AddTownAsync();
        await app.AddGoldenAsync(Question, "https://town.example/passport", "60 euros");
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true, tolerance = 0.05 });
        return app;
    }

    /// <summary>A model that knows the answer unless it is told to be vague.</summary>
    private static async Task<ScriptedModel> AnsweringAsync(Task before)
    {
        ScriptedModel? model = null;
        model = await ScriptedModel.StartAsync(async context =>
        {
            var isVague = model!.Prompts.Last().Contains("Be vague", StringComparison.Ordinal);
            await before.WaitAsync(context.RequestAborted);
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, isVague ? "NO_ANSWER" : "A new passport costs 60 euros [1].", finish: null);
            await ScriptedModel.EndAsync(context, 10, 5);
        });
        return model;
    }

    /// <returns>The id of the run that the change waits for.</returns>
    private static async Task<string> HeldAsync(ApiApp app, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    private static string? State(JsonElement run) => run.GetProperty("candidate").GetProperty("state").GetString();
}
