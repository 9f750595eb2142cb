using System.Net;
using Chatbot.Core.Caching;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_follow_up_is_understood_from_what_was_said_before()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var first = await app.AnswerAsync("How much does a new passport cost?");

        var second = await app.AnswerAsync("And how long is it valid?", first.GetProperty("conversationId").GetString());

        Assert.Contains("valid for ten years", second.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(first.GetProperty("conversationId").GetString(), second.GetProperty("conversationId").GetString());
        Assert.NotEqual(first.GetProperty("messageId").GetString(), second.GetProperty("messageId").GetString());
    }

    [Fact]
    public async Task What_was_said_is_kept_and_can_be_rated_read_and_deleted()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        var reply = await app.AnswerAsync("How much does a new passport cost?");
        var conversation = $"/api/conversations/{reply.GetProperty("conversationId").GetString()}";

        var (rated, _) = await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = reply.GetProperty("messageId").GetString(), helpful = false, comment = "Too dear" });
        var kept = await app.GetAsync(conversation);
        var feedback = await app.GetAsync("/api/feedback?helpful=false");
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, conversation);

        Assert.Equal(HttpStatusCode.NoContent, rated);
        var messages = kept.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant"], messages.Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(reply.GetProperty("answer").GetString(), messages[1].GetProperty("text").GetString());
        Assert.False(messages[1].GetProperty("helpful").GetBoolean());
        Assert.Equal("How much does a new passport cost?", feedback.GetProperty("items")[0].GetProperty("question").GetString());
        Assert.Equal(HttpStatusCode.NoContent, deleted);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, conversation)).Status);
    }

    [Fact]
    public async Task Feedback_about_nothing_is_refused()
    {
        await using var app = await ApiApp.StartAsync();

        var (unknown, _) = await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId = "none", helpful = true });
        var (empty, problem) = await app.SendAsync(HttpMethod.Post, "/api/feedback", new { });

        Assert.Equal(HttpStatusCode.NotFound, unknown);
        Assert.Equal(HttpStatusCode.BadRequest, empty);
        Assert.True(problem.GetProperty("errors").TryGetProperty("messageId", out _));
    }

    [Fact]
    public async Task The_same_question_is_answered_from_the_cache_until_the_index_changes()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        const string Question = "How much does a new passport cost?";

        var first = await app.AnswerAsync(Question);
        var second = await app.AnswerAsync("how much does a  NEW passport cost");
        await app.AddPageAsync("passport", "Passport", "A new passport costs 70 euros.");
        var third = await app.AnswerAsync(Question);

        Assert.False(first.GetProperty("cached").GetBoolean());
        Assert.True(second.GetProperty("cached").GetBoolean());
        Assert.Equal(first.GetProperty("answer").GetString(), second.GetProperty("answer").GetString());
        Assert.NotEqual(first.GetProperty("conversationId").GetString(), second.GetProperty("conversationId").GetString());
        Assert.False(third.GetProperty("cached").GetBoolean());
        Assert.Contains("70 euros", third.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_has_nothing_to_do_with_an_answer_leaves_it_in_the_cache_and_a_better_one_does_not()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        const string Question = "How much does a new passport cost?";
        await app.AnswerAsync(Question);

        await app.AddPageAsync("market", "Weekly market", "Fish and vegetables are sold on Fridays in front of the church.");
        var beside = await app.AnswerAsync(Question);
        await app.AddPageAsync("fees", "Passport fees", "A new passport costs 70 euros from January on.");
        var better = await app.AnswerAsync(Question);

        Assert.True(beside.GetProperty("cached").GetBoolean());
        Assert.False(better.GetProperty("cached").GetBoolean());
        Assert.Contains("70 euros", better.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_other_settings_is_not_taken_from_the_cache()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddTownAsync();
        const string Question = "Who is the king of the moon?";
        var before = await app.AnswerAsync(Question);

        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { contact = "Call 115." } });
        var after = await app.AnswerAsync(Question);

        Assert.DoesNotContain("115", before.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.False(after.GetProperty("cached").GetBoolean());
        Assert.Contains("115", after.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_often_is_kept_for_longer()
    {
        var clock = new ManualTimeProvider();
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await app.AddTownAsync();
        const string Rare = "When does the library open?", Popular = "How much does a new passport cost?";
        await app.AnswerAsync(Rare);
        for (var i = 0; i < 5; i++) await app.AnswerAsync(Popular);

        clock.Advance(TimeSpan.FromMinutes(61));
        var (rare, popular) = (await app.AnswerAsync(Rare), await app.AnswerAsync(Popular));

        Assert.Equal((false, true), (rare.GetProperty("cached").GetBoolean(), popular.GetProperty("cached").GetBoolean()));
    }

    [Fact]
    public async Task An_answer_is_forgotten_when_a_document_it_cites_is_announced_as_changed()
    {
        await using var app = await ApiApp.StartAsync();
        var cache = app.Services.GetRequiredService<ICache>();
        var cancellationToken = TestContext.Current.CancellationToken;
        await cache.SetAsync("answer", new byte[] { 1 }, TimeSpan.FromHours(1), ["document:d1"], cancellationToken);

        await app.Services.GetRequiredService<IJobQueue>().PublishAsync([new IndexChanged("k", "d1").ToJob()], cancellationToken);

        while (await cache.GetAsync("answer", cancellationToken) is not null)
            await Task.Delay(10, cancellationToken);
        Assert.Null(await cache.GetAsync("answer", cancellationToken));
    }

    [Fact]
    public async Task An_index_that_is_down_is_said_and_nothing_else_breaks()
    {
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<IChunkIndex, BrokenIndex>());

        var reply = await app.AnswerAsync("When is the town hall open?");

        Assert.True(reply.GetProperty("degraded").GetBoolean());
        Assert.StartsWith("The sources cannot be searched", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    private sealed class BrokenIndex : IChunkIndex
    {
        public Task<IReadOnlyList<PendingText>> GetPendingAsync(int most, CancellationToken cancellationToken) =>
            throw new IOException("The index is away.");

        public Task SetVectorsAsync(IReadOnlyList<TextVector> vectors, CancellationToken cancellationToken) =>
            throw new IOException("The index is away.");

        public Task ReplaceAsync(string knowledgeBaseId, string documentId, long version, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken) => throw new TimeoutException();

        public Task DeleteAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) => throw new TimeoutException();

        public Task<ChunkCandidates> SearchAsync(ChunkQuery query, CancellationToken cancellationToken) => throw new TimeoutException();

        public Task<IReadOnlyList<Chunk>> GetChunksAsync(string knowledgeBaseId, IReadOnlyCollection<ChunkPlace> places, CancellationToken cancellationToken) => throw new TimeoutException();

        public Task<IReadOnlyList<Chunk>> GetDocumentAsync(string knowledgeBaseId, string documentId, CancellationToken cancellationToken) => throw new TimeoutException();

        public Task<IndexState> GetStateAsync(string knowledgeBaseId, CancellationToken cancellationToken) => throw new TimeoutException();
    }
}
