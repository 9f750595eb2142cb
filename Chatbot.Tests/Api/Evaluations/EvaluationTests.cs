using System.Net;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Tests.Api.Documents;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class EvaluationTests
{
    private const string Passport = "How much does a new passport cost?";

    [Fact]
    public async Task A_run_says_how_each_question_went_and_why_one_went_wrong_and_leaves_no_trace_among_visitors()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        await app.AddGoldenAsync(Passport, "https://town.example/passport", "60 euros");
        await app.AddGoldenAsync("When are paper bins emptied?", "https://town.example/paper", "every Monday");
        await app.AddGoldenAsync("Which orbit does the comet Halley follow around the sun?", null, null);
        await app.AddGoldenAsync("Drafts do not count", "https://town.example/none", null, draft: true);

        var run = await app.EvaluateAsync();
        var results = await app.GetAsync($"/api/evaluations/{run.GetProperty("id").GetString()}/results");

        Assert.Equal(("completed", 3, 3), (run.GetProperty("state").GetString(), run.GetProperty("total").GetInt32(), run.GetProperty("done").GetInt32()));
        var metrics = run.GetProperty("metrics");
        Assert.Equal((0.5, 0.5, 0.5, 1.0), (Figure("hitAt5"), Figure("cites"), Figure("answerPhrase"), Figure("refusedRightly")));
        Assert.Equal(0.6667, Figure("score"));
        var misses = results.GetProperty("items").EnumerateArray().ToDictionary(
            item => item.GetProperty("question").GetProperty("question").GetString()!, item => item.GetProperty("outcome").TryGetProperty("miss", out var miss) ? miss.GetString() : null);
        Assert.Equal((null, "not-crawled"), (misses[Passport], misses["When are paper bins emptied?"]));
        Assert.Equal(0, (await app.GetAsync("/api/conversations")).GetProperty("total").GetInt32());
        var exported = await app.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("rag_precision_at_5{knowledge_base=\"default\"}", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("rag_queries_total{", exported, StringComparison.Ordinal);

        double Figure(string name) => metrics.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task Runs_are_compared_question_by_question()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        await app.AddGoldenAsync(Passport, "https://town.example/passport", "70 euros");
        await app.AddGoldenAsync("When is the town hall open?", "https://town.example/hours", "8 to 12");

        var first = await app.EvaluateAsync();
        await app.AddPageAsync("passport", "Passport", "A new passport costs 70 euros. Bring your old passport and a photograph.");
        await app.AddPageAsync("hours", "Opening hours", "The town hall is open on weekdays from 9 to 13 o'clock. On Saturdays it is closed.");
        var second = await app.EvaluateAsync();
        var compared = await app.GetAsync($"/api/evaluations/{second.GetProperty("id").GetString()}/results");
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, $"/api/evaluations/{first.GetProperty("id").GetString()}");

        Assert.Equal(first.GetProperty("id").GetString(), compared.GetProperty("with").GetProperty("id").GetString());
        Assert.Equal(["better", "worse"], compared.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("change").GetString()).Order());
        Assert.Equal(HttpStatusCode.NoContent, deleted);
    }

    [Fact]
    public async Task Missed_scheduled_runs_are_caught_up_by_one()
    {
        var clock = new ManualTimeProvider();
        var token = TestContext.Current.CancellationToken;
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await app.AddTownAsync();
        var knowledgeBase = (await app.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync("default", token))!.Id;
        await app.Services.GetRequiredService<GoldenQuestionStore>().SaveAsync(
            new GoldenQuestion { Id = "q", KnowledgeBaseId = knowledgeBase, Name = "q", Question = Passport, Kind = "fact", ExpectedPages = ["https://town.example/passport"] }, token);
        var settings = new EvaluationSettings { Cron = "0 4 * * *", TimeZone = "Europe/Berlin" };
        var store = app.Services.GetRequiredService<EvaluationSettingsStore>();
        // Nothing ran for three days.
        await store.SaveAsync(knowledgeBase, settings, clock.GetUtcNow().AddDays(-3), token);

        var runs = app.Services.GetRequiredService<EvaluationStore>();
        var found = await runs.ListAsync(knowledgeBase, 10, token);
        while (found.Count == 0 || found[0].State is not EvaluationState.Completed)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, token);
            found = await runs.ListAsync(knowledgeBase, 10, token);
        }

        Assert.Equal(new DateTimeOffset(2026, 1, 3, 3, 0, 0, TimeSpan.Zero), await store.FindNextAsync(knowledgeBase, token));
        Assert.Equal(EvaluationCause.Schedule, Assert.Single(found).Cause);
    }

    [Fact]
    public async Task Settings_that_are_not_right_are_named()
    {
        await using var app = await UploadApp.StartAsync();

        var (set, settings) = await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { cron = "0 4 * * *", timeZone = "Europe/Berlin", tolerance = 0.1 });
        var (wrong, problem) = await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { cron = "at four", timeZone = "Mars", tolerance = 2, webhook = "ftp://x" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (set, wrong));
        Assert.True(settings.TryGetProperty("nextAt", out _));
        Assert.Equal(["cron", "timeZone", "tolerance", "webhook"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task A_run_that_another_process_left_goes_on_with_what_was_not_asked_and_a_cancelled_one_stops()
    {
        await using var app = await UploadApp.StartAsync();
        var runs = app.Services.GetRequiredService<EvaluationStore>();
        var token = TestContext.Current.CancellationToken;
        var (none, _) = await app.SendAsync(HttpMethod.Post, "/api/evaluations", new { });
        await app.AddTownAsync();
        await app.AddGoldenAsync(Passport, "https://town.example/passport", "60 euros");
        var ended = await app.EvaluateAsync();
        var id = ended.GetProperty("id").GetString()!;

        var (again, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{id}/cancel");
        var kept = await runs.RecordAsync(id, "somebody's lease", 0, new QuestionOutcome(), token);
        var (decided, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/{id}/activate");
        var (model, _) = await app.SendAsync(HttpMethod.Post, "/api/evaluations", new { model = "unheard-of" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (none, again, decided));
        Assert.Equal(HttpStatusCode.BadRequest, model);
        Assert.False(kept);
    }
}
