using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Conversing;
using Chatbot.Api.Http;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Widgets;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Api.Conversations;

/// <summary>What visitors may do with their own conversations: go on with them after a reload, and delete them.</summary>
internal static class OwnConversationEndpoints
{
    public static void MapOwnConversations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/chat/conversations").WithTags("Chat").AllowAnonymous().RequireCors(AllowedOrigins.Policy).RequireRateLimiting(ClientLimits.Questions);
        group.MapGet("/{id}", FindAsync).WithSummary("A visitor's own conversation.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a visitor's own conversation.");
        group.MapDelete("/", DeleteAllAsync).WithSummary("Deletes all conversations of a visitor.");
    }

    private static async Task<Results<Ok<OwnConversation>, ProblemHttpResult>> FindAsync(
        string id, HttpRequest request, ConversationStore conversations, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        [FromHeader(Name = VisitorId.Header)] string? visitor = null) =>
        // The same for another's as for what is not there.
        await FindOwnAsync(id, visitor, request, conversations, knowledgeBases, cancellationToken) is { } transcript
            ? TypedResults.Ok(OwnConversation.From(transcript))
            : Problems.NotFound("conversation");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpRequest request, ConversationStore conversations, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        [FromHeader(Name = VisitorId.Header)] string? visitor = null) =>
        await FindOwnAsync(id, visitor, request, conversations, knowledgeBases, cancellationToken) is not null && await conversations.DeleteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("conversation");

    private static async Task<Results<Ok<DeletedReply>, ProblemHttpResult>> DeleteAllAsync(
        ConversationArchive archive, CancellationToken cancellationToken, [FromHeader(Name = VisitorId.Header)] string? visitor = null)
    {
        if (VisitorId.Check(visitor) is { } problem) return Problems.Of(problem);
        return VisitorId.HashOf(visitor) is { } hash
            ? TypedResults.Ok(new DeletedReply(await archive.DeleteAsync(new ConversationFilter { Visitor = hash }, cancellationToken)))
            : Problems.Of(AskProblem.BadVisitor);
    }

    private static async Task<Transcript?> FindOwnAsync(
        string id, string? visitor, HttpRequest request, ConversationStore conversations, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken) =>
        await conversations.GetAsync(id, cancellationToken) is { } found
        && VisitorId.IsOf(found.Conversation, VisitorId.HashOf(visitor))
        && await knowledgeBases.FindAsync(found.Conversation.KnowledgeBaseId, cancellationToken) is { } knowledgeBase
        && AllowedOrigins.Allows(knowledgeBase, request)
            ? found
            : null;
}

/// <summary>A conversation as its visitor sees it.</summary>
public sealed record OwnConversation(string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<MessageReply> Messages)
{
    internal static OwnConversation From(Transcript it) => new(
        it.Conversation.Id, it.Conversation.CreatedAt, it.Conversation.UpdatedAt, [.. it.Messages.Select(message => MessageReply.From(message) with { TraceId = null })]);
}
