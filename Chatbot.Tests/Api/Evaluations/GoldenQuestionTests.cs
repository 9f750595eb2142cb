using System.Net;
using System.Text.Json;
using Chatbot.Tests.Api.Documents;
using Chatbot.Tests.Api.Faqs;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class GoldenQuestionTests
{
    private const string Lines =
        """
        {"id": "t-1", "question": "Was kostet ein Pass?", "language": "de", "expected_pages": ["pass.html"], "expected_phrases": ["60 Euro"], "kind": "value", "pdf_pages": {"guide.pdf": [3, 4]}}
        {"id": "t-2", "question": "Wie hoch ist der Mond?", "expected_pages": [], "expected_phrases": [], "kind": "unanswerable"}

        {"id": "t-3", "question": "Ohne alles?", "expected_pages": [], "kind": "fact"}
        """;

    [Fact]
    public async Task A_file_is_taken_again_and_again_without_doubling_and_what_is_exported_comes_back_as_it_was()
    {
        await using var app = await UploadApp.StartAsync();

        var (_, first) = await app.ImportGoldenAsync(Lines);
        var lines = await app.Client.GetStringAsync(new Uri("/api/evaluations/questions/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var csv = await app.Client.GetStringAsync(new Uri("/api/evaluations/questions/export?format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var (_, second) = await app.ImportGoldenAsync(lines, "application/x-ndjson");
        var (_, third) = await app.ImportGoldenAsync(csv, "text/csv");
        var listed = await app.GetAsync("/api/evaluations/questions?text=guide");

        Assert.Equal(["2 0 1", "0 2 0", "0 2 0"], [Counts(first), Counts(second), Counts(third)]);
        Assert.Contains("expected page or phrase", first.GetProperty("problems")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["pass.html", "guide.pdf#page=3", "guide.pdf#page=4"], Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("expectedPages").EnumerateArray().Select(page => page.GetString()));
    }

    [Theory]
    [InlineData("application/jsonl", "{\"question\":", 400)]
    [InlineData("application/jsonl", "null", 400)]
    [InlineData("application/jsonl", "", 400)]
    [InlineData("text/csv", "a,b\n1,2\n", 400)]
    [InlineData("text/html", "<p>", 415)]
    public async Task Files_without_questions_are_refused(string type, string body, int status)
    {
        await using var app = await UploadApp.StartAsync();

        Assert.Equal(status, (int)(await app.ImportGoldenAsync(body, type)).Status);
    }

    [Fact]
    public async Task What_visitors_asked_becomes_a_draft_that_an_editor_accepts()
    {
        await using var app = await UploadApp.StartAsync();
        await app.AddTownAsync();
        const string Unanswered = "Which orbit does the comet Halley follow around the sun?";
        var refused = await app.AnswerAsync(Unanswered);
        await app.AnswerAsync(Unanswered);
        var helpful = (await app.AnswerAsync("How much does a new passport cost?")).GetProperty("messageId").GetString();
        await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = helpful, helpful = true });

        var waiting = await app.GetAsync("/api/evaluations/unanswered");
        var (_, one) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/promote", new { messageId = refused.GetProperty("messageId").GetString() });
        var (_, same) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/promote", new { messageId = refused.GetProperty("messageId").GetString() });
        var (_, other) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/promote", new { messageId = helpful });
        var (missing, _) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/promote", new { messageId = "none" });
        var (_, accepted) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/accept", new { ids = new[] { one.GetProperty("id").GetString() } });

        Assert.Equal((Unanswered, 2), (waiting.GetProperty("items")[0].GetProperty("question").GetString(), waiting.GetProperty("items")[0].GetProperty("times").GetInt32()));
        Assert.Equal(("unanswerable", "unanswered", true), (one.GetProperty("kind").GetString(), one.GetProperty("origin").GetString(), one.GetProperty("isDraft").GetBoolean()));
        Assert.Equal(one.GetProperty("id").GetString(), same.GetProperty("id").GetString());
        Assert.Equal("https://town.example/passport", other.GetProperty("expectedPages")[0].GetString());
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Equal(1, accepted.GetProperty("count").GetInt32());
        Assert.Equal(1, (await app.GetAsync("/api/evaluations/questions?draft=true")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_first_set_is_drafted_from_entries_and_headings()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        await app.AddFaqAsync(new { question = "How do I register a dog?", answer = "Bring the vaccination card to room 12. The tag costs 45 euros.", link = "https://town.example/dogs" });
        var (_, upload) = await app.UploadAsync(UploadApp.File("guide.md", "# Guide\n\n## Where is the ferry?\n\nThe ferry lies at the northern pier. It leaves at nine.\n"));
        await app.IngestedAsync(upload.DocumentId());

        var (_, made) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/drafts");
        var (_, again) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/drafts");
        var drafts = (await app.GetAsync("/api/evaluations/questions?draft=true")).GetProperty("items").EnumerateArray().ToList();
        var (_, all) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions/accept", new { });
        var run = await app.EvaluateAsync();

        Assert.Equal((2, 0, 2), (made.GetProperty("count").GetInt32(), again.GetProperty("count").GetInt32(), all.GetProperty("count").GetInt32()));
        Assert.Equal(["How do I register a dog?", "Where is the ferry?"], drafts.Select(draft => draft.GetProperty("question").GetString()).Order());
        Assert.Equal("The ferry lies at the northern pier.", drafts.Single(draft => draft.GetProperty("origin").GetString() == "page").GetProperty("expectedPhrases")[0].GetString());
        Assert.Equal(1, run.GetProperty("metrics").GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_question_is_changed_and_deleted_and_what_is_not_right_is_named()
    {
        await using var app = await UploadApp.StartAsync();
        var id = await app.AddGoldenAsync("When is the library open?", "https://town.example/library", "ten");

        var (changed, now) = await app.SendAsync(HttpMethod.Put, $"/api/evaluations/questions/{id}", new { question = "When does the library open?", expectedPhrases = new[] { "at ten" } });
        var (taken, _) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions", new { question = "when does the LIBRARY open", expectedPages = new[] { "x" } });
        var (wrong, problem) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions", new { question = " ", language = "english", kind = "Fact 1", expectedPages = Array.Empty<string>() });
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, $"/api/evaluations/questions/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NoContent), (changed, taken, wrong, deleted));
        Assert.Empty(now.GetProperty("expectedPages").EnumerateArray());
        Assert.Equal(["expectedPages", "kind", "language", "question"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
    }

    private static string Counts(JsonElement reply) => string.Join(' ', new[] { "created", "changed", "rejected" }.Select(name => reply.GetProperty(name).GetInt32()));
}
