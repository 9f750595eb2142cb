using System.Net;
using System.Text.Json;
using Chatbot.Api.Evaluations;
using Chatbot.Backends.Data;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Data;
using Chatbot.Tests.Api.Documents;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class ModelGateTests
{
    private const string Question = "How much does a new passport cost?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("You pay 60 euros [1].", "live", "model-of-after")]
    [InlineData("It is not cheap [1].", "held", "model-of-before")]
    public async Task Another_preferred_model_answers_visitors_only_when_it_is_not_worse(string said, string state, string answering)
    {
        await using var before = await ScriptedModel.SayingAsync("A passport costs 60 euros [1].");
        await using var after = await ScriptedModel.SayingAsync(said);
        await using var app = await StartAsync(after, before);
        await HeldBackAsync(app, new LiveModel("model-of-before", null));

        await app.Services.GetRequiredService<ModelGate>().LookAsync(Token);
        var run = await app.EvaluatedAsync(await TriedAsync(app));
        await app.Services.GetRequiredService<ModelGate>().LookAsync(Token);
        var answer = await app.AnswerAsync(Question);

        Assert.Equal((state, "model-of-after"), (run.GetProperty("candidate").GetProperty("state").GetString(), run.GetProperty("candidate").GetProperty("label").GetString()));
        Assert.Equal(answering, answer.GetProperty("model").GetString());
        // It is tried once.
        Assert.Equal(2, (await app.GetAsync("/api/evaluations")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_same_name_at_another_endpoint_is_another_model()
    {
        await using var before = await ScriptedModel.SayingAsync("A passport costs 60 euros [1].");
        await using var after = await ScriptedModel.SayingAsync("It is not cheap [1].");
        await using var app = await StartAsync(after, before, new() { ["Llm:Providers:0:Model"] = "same", ["Llm:Providers:1:Model"] = "same" });
        await HeldBackAsync(app, new LiveModel("same", before.Settings["OPENAI_BASE_URL"]));

        await app.Services.GetRequiredService<ModelGate>().LookAsync(Token);
        var run = await app.EvaluatedAsync(await TriedAsync(app));
        var answer = await app.AnswerAsync(Question);
        var chosen = await app.AnswerAsync(Question, options: new { model = "after/same" });

        Assert.Equal(("held", "after/same"), (run.GetProperty("candidate").GetProperty("state").GetString(), run.GetProperty("candidate").GetProperty("label").GetString()));
        Assert.Equal(["A passport costs 60 euros [1].", "It is not cheap [1]."], new[] { answer, chosen }.Select(reply => reply.GetProperty("answer").GetString()));
        Assert.Equal(["same", "after/same", "before/same"], (await app.GetAsync("/api/chat/config")).GetProperty("models").EnumerateArray().Select(model => model.GetString()));
    }

    [Fact]
    public async Task A_process_that_dies_before_the_model_is_tried_leaves_nothing_changed()
    {
        await using var before = await ScriptedModel.SayingAsync("A passport costs 60 euros [1].");
        await using var after = await ScriptedModel.SayingAsync("You pay 60 euros [1].");
        await using var app = await StartAsync(after, before);
        await HeldBackAsync(app, new LiveModel("model-of-before", null));
        var database = app.Services.GetRequiredService<Database>();
        await RunAsync("CREATE TRIGGER dying BEFORE INSERT ON evaluation_runs BEGIN SELECT RAISE(ABORT, 'The process dies.'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => app.Services.GetRequiredService<ModelGate>().LookAsync(Token));
        var settings = (await app.GetAsync("/api/knowledge-bases/default")).GetProperty("settings");
        await RunAsync("DROP TRIGGER dying");
        await app.Services.GetRequiredService<ModelGate>().LookAsync(Token);
        var run = await app.EvaluatedAsync(await TriedAsync(app));

        Assert.False(settings.TryGetProperty("model", out var pinned) && pinned.ValueKind != JsonValueKind.Null);
        Assert.Equal("live", run.GetProperty("candidate").GetProperty("state").GetString());

        Task<int> RunAsync(string sql) => database.WriteAsync(transaction => transaction.RunAsync(sql, null, Token), Token);
    }

    [Fact]
    public async Task A_knowledge_base_names_the_model_that_is_asked_first()
    {
        await using var first = await ScriptedModel.SayingAsync("From the first [1].");
        await using var second = await ScriptedModel.SayingAsync("From the second [1].");
        await using var app = await StartAsync(first, second);

        var (wrong, problem) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { model = "none" } });
        var usual = await app.AnswerAsync(Question);
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { model = "model-of-before" } });
        var named = await app.AnswerAsync(Question);
        var chosen = await app.AnswerAsync(Question, options: new { model = "model-of-after" });

        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.Contains("model-of-after, model-of-before", problem.GetProperty("errors").GetProperty("settings.model")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["model-of-after", "model-of-before", "model-of-after"], new[] { usual, named, chosen }.Select(ModelOf));
    }

    private static string? ModelOf(JsonElement reply) => reply.GetProperty("model").GetString();

    /// <summary>Changes wait for a run, and the process last ran with this model.</summary>
    private static async Task HeldBackAsync(ApiApp app, LiveModel model)
    {
        await app.AddGoldenAsync(Question, "https://town.example/passport", "60 euros");
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true });
        var knowledgeBase = (await app.GetAsync("/api/knowledge-bases/default")).GetProperty("id").GetString()!;
        await app.Services.GetRequiredService<LiveModelStore>().SetAsync(knowledgeBase, model, Token);
    }

    private static async Task<string> TriedAsync(ApiApp app) =>
        (await app.GetAsync("/api/evaluations")).GetProperty("items").EnumerateArray().Single(run => run.TryGetProperty("candidate", out _)).GetProperty("id").GetString()!;

    private static async Task<ApiApp> StartAsync(ScriptedModel first, ScriptedModel second, Dictionary<string, string?>? more = null)
    {
        var settings = first.ProviderSettings(0, "after");
        foreach (var (key, value) in second.ProviderSettings(1, "before").Concat(more ?? [])) settings[key] = value;
        var app = await UploadApp.StartAsync(settings);
        await app.AddTownAsync();
        return app;
    }
}
