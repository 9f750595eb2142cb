using System.Net;
using System.Text.Json;
using Chatbot.Api.Conversations;
using Chatbot.Backends.Data;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class ConversationArchiveTests
{
    private const string Ann = "ann-0123456789abcdef", Ben = "ben-0123456789abcdef";

    [Fact]
    public async Task Conversations_are_found_by_words_outcome_feedback_and_time()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var passport = await AskAsync(app, "How much does a new passport cost?", Ann);
        await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = passport.GetProperty("messageId").GetString(), helpful = false });
        await AgeAsync(app, days: 2);
        var later = TimeProvider.System.GetUtcNow();
        var unknown = await AskAsync(app, "Who won the football championship on Mars?", Ben);
        await app.SignInAsync();

        Assert.True(unknown.GetProperty("refused").GetBoolean());
        Assert.Equal(["passport"], await ListAsync(app, "text=PASSPORT cost"));
        Assert.Equal(["football"], await ListAsync(app, "outcome=refused"));
        Assert.Equal(["passport"], await ListAsync(app, "outcome=answered"));
        Assert.Equal(["passport"], await ListAsync(app, "feedback=unhelpful"));
        Assert.Equal(["football"], await ListAsync(app, "feedback=none"));
        Assert.Equal(["football"], await ListAsync(app, $"from={Uri.EscapeDataString(later.AddHours(-1).ToString("O"))}"));
        Assert.Equal(["passport"], await ListAsync(app, $"until={Uri.EscapeDataString(later.AddHours(-1).ToString("O"))}"));
        Assert.Equal(["football", "passport"], await ListAsync(app, ""));
        Assert.Equal(["passport"], await ListAsync(app, "limit=1&offset=1"));
        Assert.Equal(2, (await app.GetAsync("/api/conversations?limit=1")).GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, "/api/conversations?outcome=maybe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, "/api/conversations?knowledgeBase=none")).Status);
    }

    [Fact]
    public async Task A_visitor_goes_on_with_and_deletes_his_own_conversation_and_nobody_elses()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var mine = (await AskAsync(app, "How much does a new passport cost?", Ann)).GetProperty("conversationId").GetString();
        var other = (await AskAsync(app, "When is the town hall open?", Ann)).GetProperty("conversationId").GetString();

        var (read, transcript) = await AsAsync(app, HttpMethod.Get, mine, Ann);
        var (strange, _) = await AsAsync(app, HttpMethod.Get, mine, Ben);
        var (nobody, _) = await AsAsync(app, HttpMethod.Delete, mine, null);
        using var intrusion = await app.AskAsync(new { question = "And how long is it valid?", conversationId = mine, visitorId = Ben, stream = false });
        var (deleted, _) = await AsAsync(app, HttpMethod.Delete, mine, Ann);
        var (gone, _) = await AsAsync(app, HttpMethod.Get, mine, Ann);
        var (all, count) = await AsAsync(app, HttpMethod.Delete, null, Ann);
        var (invalid, _) = await AsAsync(app, HttpMethod.Delete, null, "<x>");

        Assert.Equal(HttpStatusCode.OK, read);
        Assert.Equal(["user", "assistant"], transcript.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.False(transcript.GetProperty("messages")[1].TryGetProperty("traceId", out _));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (strange, nobody, intrusion.StatusCode));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted, gone));
        Assert.Equal((HttpStatusCode.OK, 1), (all, count.GetProperty("deleted").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await AsAsync(app, HttpMethod.Get, other, Ann)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, invalid);
    }

    [Fact]
    public async Task Conversations_are_exported_as_json_csv_and_markdown_in_pieces()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        await AskAsync(app, "=How much, \"exactly\", does a new passport cost?", Ann);
        for (var i = 0; i < 101; i++) await AskAsync(app, "When is the town hall open?", Ben);

        var json = JsonSerializer.Deserialize<JsonElement>(await ExportAsync(app, "format=json"));
        var csv = await ExportAsync(app, "format=csv&text=passport");
        var markdown = await ExportAsync(app, "format=md&text=passport");

        Assert.Equal(102, json.GetArrayLength());
        Assert.Equal(102, json.EnumerateArray().Select(one => one.GetProperty("id").GetString()).Distinct().Count());
        Assert.StartsWith("conversation,visitor,time,role,text,", csv, StringComparison.Ordinal);
        // No formula of a visitor runs in an editor's spreadsheet.
        Assert.Contains("user,\"'=How much, \"\"exactly\"\", does a new passport cost?\"", csv, StringComparison.Ordinal);
        Assert.Contains("> A new passport costs 60 euros.", markdown, StringComparison.Ordinal);
        Assert.Contains("1. <https://town.example/passport#:~:text=", markdown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, "/api/conversations/export?format=pdf")).Status);
    }

    [Fact]
    public async Task Some_all_of_a_visitor_and_all_that_match_are_deleted_but_never_everything_by_mistake()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        var first = (await AskAsync(app, "How much does a new passport cost?", Ann)).GetProperty("conversationId").GetString();
        await AskAsync(app, "When is the town hall open?", Ann);
        await AskAsync(app, "When are paper bins emptied?", Ben);
        var visitor = (await app.GetAsync("/api/conversations?text=passport")).GetProperty("items")[0].GetProperty("visitor").GetString();

        var (mistake, _) = await app.SendAsync(HttpMethod.Delete, "/api/conversations");
        var (_, one) = await app.SendAsync(HttpMethod.Delete, $"/api/conversations?ids={first},none");
        var (_, two) = await app.SendAsync(HttpMethod.Delete, $"/api/conversations?visitor={visitor}");
        var (_, three) = await app.SendAsync(HttpMethod.Delete, "/api/conversations?all=true");

        Assert.DoesNotContain(Ann, visitor, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, mistake);
        Assert.Equal([1, 1, 1], new[] { one, two, three }.Select(reply => reply.GetProperty("deleted").GetInt32()));
    }

    [Fact]
    public async Task Conversations_are_deleted_when_their_knowledge_base_keeps_them_no_longer()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var knowledgeBases = app.Services.GetRequiredService<KnowledgeBaseStore>();
        var town = (await knowledgeBases.FindAsync("default", TestContext.Current.CancellationToken))!;
        await knowledgeBases.UpdateAsync(town with { Settings = new KnowledgeBaseSettings { RetentionDays = 30 } }, TestContext.Current.CancellationToken);
        await AskAsync(app, "How much does a new passport cost?", Ann);
        await AgeAsync(app, days: 29);
        await AskAsync(app, "When is the town hall open?", Ann);
        var sweep = app.Services.GetRequiredService<ConversationSweep>();

        var early = await sweep.SweepAsync(TestContext.Current.CancellationToken);
        await AgeAsync(app, days: 2);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);

        await app.SignInAsync();
        Assert.Equal(0, early);
        Assert.Equal(["town"], await ListAsync(app, ""));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { retentionDays = 0 } })).Status);
    }

    // The clock of the sessions stands still for it.
    private static Task<int> AgeAsync(ApiApp app, int days) => app.Services.GetRequiredService<Database>().WriteAsync(
        transaction => transaction.RunAsync("UPDATE conversations SET updated_at = updated_at - @by", new { by = days * 86_400_000L }, TestContext.Current.CancellationToken),
        TestContext.Current.CancellationToken);

    private static async Task<JsonElement> AskAsync(ApiApp app, string question, string visitorId)
    {
        using var response = await app.AskAsync(new { question, visitorId, stream = false });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiApp.JsonAsync(response);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AsAsync(ApiApp app, HttpMethod method, string? id, string? visitor)
    {
        using var client = new HttpClient { BaseAddress = app.Client.BaseAddress };
        if (visitor is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("X-Visitor-Id", visitor);
        using var request = new HttpRequestMessage(method, id is null ? "/api/chat/conversations" : $"/api/chat/conversations/{id}");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await ApiApp.JsonAsync(response));
    }

    private static Task<string> ExportAsync(ApiApp app, string query) =>
        app.Client.GetStringAsync(new Uri($"/api/conversations/export?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

    // By a word of the first question.
    private static async Task<string[]> ListAsync(ApiApp app, string query) =>
        [.. (await app.GetAsync($"/api/conversations?{query}")).GetProperty("items").EnumerateArray()
            .Select(one => new[] { "passport", "football", "town" }.First(one.GetProperty("question").GetString()!.Contains))];
}
