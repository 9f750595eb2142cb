using System.Net;
using Chatbot.Backends.Feedback;
using Chatbot.Tests.Api.Documents;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Feedback;

public sealed class FeedbackTests
{
    [Fact]
    public async Task A_corrected_answer_becomes_an_entry_that_is_found_and_both_know_each_other()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        await app.AddTownAsync();
        var message = (await app.AnswerAsync("When does the town hall open on Saturdays?")).GetProperty("messageId").GetString()!;
        await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = message, helpful = false, reasons = new[] { "outdated", "wrong" }, correction = "Since June the town hall opens on Saturdays at nine." });

        var (made, entry) = await app.SendAsync(HttpMethod.Post, $"/api/feedback/{message}/faq");
        var (again, _) = await app.SendAsync(HttpMethod.Post, $"/api/feedback/{message}/faq");
        var id = entry.GetProperty("id").GetString()!;
        await app.IngestedAsync(id);
        var answer = await app.AnswerAsync("When does the town hall open on Saturdays?");
        var said = await app.GetAsync($"/api/feedback/{message}");
        var came = await app.GetAsync($"/api/feedback?faqId={id}");
        await app.SendAsync(HttpMethod.Delete, $"/api/faqs/{id}");
        var after = await app.GetAsync($"/api/feedback/{message}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (made, again));
        Assert.Contains("Saturdays at nine", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(["wrong", "outdated"], said.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal(id, said.GetProperty("faqId").GetString());
        Assert.True(said.TryGetProperty("handledAt", out _));
        Assert.Equal(message, Assert.Single(came.GetProperty("items").EnumerateArray()).GetProperty("messageId").GetString());
        Assert.False(after.TryGetProperty("faqId", out _));
    }

    [Fact]
    public async Task Editors_find_what_is_to_be_done_by_vote_reason_state_and_words()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        var first = await RateAsync(app, "How much is a passport?", new { helpful = false, reasons = new[] { "incomplete" }, comment = "Not 100%_sure" });
        var second = await RateAsync(app, "When is the library open?", new { helpful = true, reasons = Array.Empty<string>(), comment = (string?)null });

        var (handled, _) = await app.SendAsync(HttpMethod.Put, $"/api/feedback/{second}/handled", new { handled = true });

        Assert.Equal(HttpStatusCode.NoContent, handled);
        Assert.Equal([first], await IdsAsync(app, "helpful=false"));
        Assert.Equal([first], await IdsAsync(app, "reason=incomplete"));
        Assert.Equal([first], await IdsAsync(app, "handled=false"));
        Assert.Equal([second], await IdsAsync(app, "handled=true"));
        Assert.Equal([second], await IdsAsync(app, "text=LIBRARY open"));
        Assert.Equal([first], await IdsAsync(app, "text=100%25_"));
        Assert.Empty(await IdsAsync(app, "text=1_0"));
        Assert.Equal([first], await IdsAsync(app, "limit=1&offset=1"));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, "/api/feedback?reason=rude")).Status);
        var shares = await app.Services.GetRequiredService<FeedbackStore>().GetHelpfulSharesAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        Assert.Equal(0.5, Assert.Single(shares).Value);
        Assert.Contains("rag_thumbs_up_rate{knowledge_base=\"default\"} 0.5", await MetricsAsync(app), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_that_is_not_right_is_refused_and_one_without_a_correction_makes_no_entry()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        var message = await RateAsync(app, "How much is a passport?", new { helpful = false });

        var (unknown, _) = await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = message, helpful = false, reasons = new[] { "rude" } });
        var (tooLong, _) = await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = message, helpful = false, correction = new string('x', 4_001) });
        var (empty, problem) = await app.SendAsync(HttpMethod.Post, $"/api/feedback/{message}/faq");
        var (missing, _) = await app.SendAsync(HttpMethod.Put, "/api/feedback/nothing/handled", new { handled = true });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (unknown, tooLong, empty, missing));
        Assert.True(problem.GetProperty("errors").TryGetProperty("answer", out _));
    }

    private static async Task<string> RateAsync(ApiApp app, string question, object rating)
    {
        var message = (await app.AnswerAsync(question)).GetProperty("messageId").GetString()!;
        var body = System.Text.Json.JsonSerializer.SerializeToNode(rating)!.AsObject();
        body["messageId"] = message;
        Assert.Equal(HttpStatusCode.NoContent, (await app.SendAsync(HttpMethod.Post, "/api/feedback", body)).Status);
        return message;
    }

    private static async Task<List<string>> IdsAsync(ApiApp app, string query) =>
        [.. (await app.GetAsync($"/api/feedback?{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("messageId").GetString()!)];

    private static Task<string> MetricsAsync(ApiApp app) => app.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
}
