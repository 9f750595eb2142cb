using System.Net;
using System.Text.Json;
using Chatbot.Api.Evaluations.Drift;
using Chatbot.Backends.Data;
using Chatbot.Backends.Evaluation;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Tests.Api.Documents;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class DriftTests
{
    private const string Passport = "How much does a new passport cost?";

    [Fact]
    public async Task An_answer_that_became_another_one_after_a_crawl_is_reported_with_the_page_that_changed()
    {
        var told = new TaskCompletionSource<string>();
        await using var hook = await TestSite.StartAsync(site => site.MapPost("/hook", async (HttpRequest request) => told.TrySetResult(await new StreamReader(request.Body).ReadToEndAsync())));
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        await app.AnswerAsync(Passport);
        await app.AnswerAsync("When is the town hall open?");
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { webhook = hook.Url("/hook") });
        await CrawledAsync(app, () => app.AddPageAsync("passport", "Passport", "A new passport costs 70 euros. Bring your old passport and a photograph. The passport is valid for ten years."));

        await LookAsync(app);
        await LookAsync(app);
        var found = await app.GetAsync("/api/evaluations/changes?seen=false");
        var change = Assert.Single(found.GetProperty("items").EnumerateArray());
        var (seen, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/changes/{change.GetProperty("id").GetString()}/seen");

        Assert.Equal((Passport, 1), (change.GetProperty("question").GetString(), change.GetProperty("times").GetInt32()));
        Assert.Contains("60 euros", change.GetProperty("before").GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains("70 euros", change.GetProperty("after").GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("https://town.example/passport", Assert.Single(change.GetProperty("pages").EnumerateArray()).GetString());
        var notice = JsonDocument.Parse(await told.Task.WaitAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("default", Passport), (notice.GetProperty("knowledgeBase").GetString(), notice.GetProperty("changes")[0].GetProperty("question").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, seen);
        Assert.Equal(0, (await app.GetAsync("/api/evaluations/changes?seen=false")).GetProperty("total").GetInt32());
        Assert.Equal(2, (await app.GetAsync("/api/conversations")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_entry_and_an_example_whose_linked_page_changed_wait_for_a_look_until_they_are_confirmed()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        var (_, entry) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "What does a passport cost?", answer = "60 euros.", link = "https://town.example/passport#fees" });
        var (_, example) = await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "refusal", text = "Make me a passport", link = "https://town.example/passport" });
        var before = await app.GetAsync("/api/evaluations/reviews");

        await app.AddPageAsync("passport", "Passport", "A new passport costs 70 euros.");
        var waiting = await app.GetAsync("/api/evaluations/reviews");
        var (confirmed, _) = await app.SendAsync(HttpMethod.Post, $"/api/evaluations/reviews/{entry.GetProperty("id").GetString()}/confirm");

        var left = await app.GetAsync("/api/evaluations/reviews");
        await app.SendAsync(HttpMethod.Put, $"/api/examples/{example.GetProperty("id").GetString()}", new { intent = "refusal", text = "Make me a passport", link = "https://town.example/passport" });

        Assert.Equal(0, before.GetProperty("total").GetInt32());
        Assert.Equal(["example", "faq"], waiting.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()).Order());
        Assert.All(waiting.GetProperty("items").EnumerateArray(), item => Assert.Equal("https://town.example/passport", item.GetProperty("url").GetString()));
        Assert.Equal("Make me a passport", Assert.Single(left.GetProperty("items").EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.NoContent, confirmed);
        Assert.Equal(0, (await app.GetAsync("/api/evaluations/reviews")).GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Post, "/api/evaluations/reviews/none/confirm")).Status);
    }

    [Theory]
    [InlineData("It costs 60 euros. [1]", "It costs  60 euros. [1]", null, false)]
    [InlineData("It costs 60 euros. [1]", "It costs 70 euros. [1]", null, true)]
    [InlineData("It costs 60 euros. [1]", "You pay 60 euros. [2]", "m", false)]
    [InlineData("It costs 60 euros. [1]", "You pay 70 euros. [1]", "m", true)]
    public void Quoted_sentences_are_compared_as_they_stand_and_of_a_models_words_the_figures(string before, string now, string? model, bool isOther) =>
        Assert.Equal(isOther, AnswerDifference.IsOther(new KnownAnswer(before, ["p"], false, model), new KnownAnswer(now, ["p"], false, model)));

    // What a crawl would have left behind: a run that changed a page, and the page as it is now.
    private static async Task CrawledAsync(ApiApp app, Func<Task> change)
    {
        var (_, site) = await app.SendAsync(HttpMethod.Post, "/api/sites", new { startUrls = new[] { "https://town.example/" } });
        var (started, run) = (TimeProvider.System.Now(), Ids.New());
        await change();
        await app.Services.GetRequiredService<Database>().WriteAsync(
            transaction => transaction.RunAsync(
                "INSERT INTO crawl_runs (id, site_id, state, created_at, started_at, finished_at, changed_pages) VALUES (@run, @site, 'completed', @started, @started, @finished, 1)",
                new { run, site = site.GetProperty("id").GetString(), started, finished = TimeProvider.System.Now() },
                TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }

    private static Task LookAsync(ApiApp app) => app.Services.GetRequiredService<DriftWatch>().LookAsync(TestContext.Current.CancellationToken);
}
