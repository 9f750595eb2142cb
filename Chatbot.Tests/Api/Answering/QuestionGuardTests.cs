using System.Net;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class QuestionGuardTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   \t\r\n ")]
    [InlineData("\0\u0001")]
    [InlineData(null)]
    public async Task An_empty_question_is_a_clear_problem(string? question)
    {
        await using var app = await ApiApp.StartAsync();

        using var response = await app.AskAsync(new { question });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await ApiApp.JsonAsync(response);
        Assert.Equal("question-empty", problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }

    [Theory]
    [InlineData(8_001)]
    [InlineData(100_000)]
    public async Task A_question_that_is_too_long_is_told_the_limit(int length)
    {
        await using var app = await ApiApp.StartAsync();

        using var response = await app.AskAsync(new { question = new string('x', length) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var problem = await ApiApp.JsonAsync(response);
        Assert.Equal("question-too-long", problem.GetProperty("code").GetString());
        Assert.Contains("8,000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_thousand_characters_are_answered()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync(("How much is a passport? " + string.Join(' ', Enumerable.Range(0, 4_000)))[..8_000]);

        Assert.NotEmpty(reply.GetProperty("answer").GetString()!);
    }

    [Fact]
    public async Task Control_characters_do_not_count()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("How much does\0 a new pass\u0007port cost?");

        Assert.Contains("60 euros", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_knowledge_base_or_conversation_is_a_clear_problem()
    {
        await using var app = await ApiApp.StartAsync();

        using var first = await app.AskAsync(new { question = "Hello there?", knowledgeBase = "none" });
        using var second = await app.AskAsync(new { question = "Hello there?", conversationId = "none" });

        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
        Assert.Equal("knowledge-base-unknown", (await ApiApp.JsonAsync(first)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Equal("conversation-unknown", (await ApiApp.JsonAsync(second)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"question\":5}")]
    public async Task A_body_that_is_no_question_is_a_problem_and_no_crash(string body)
    {
        await using var app = await ApiApp.StartAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(new Uri("/api/chat", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var app = await ApiApp.StartAsync(new() { ["RateLimits:QuestionsPerMinute"] = "2" });

        await app.AnswerAsync("First question?");
        await app.AnswerAsync("Second question?");
        using var third = await app.AskAsync(new { question = "Third question?" });

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("application/problem+json", third.Content.Headers.ContentType!.MediaType);
        Assert.True(third.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }
}
