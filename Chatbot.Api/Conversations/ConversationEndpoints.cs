using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Conversations;

internal static class ConversationEndpoints
{
    private const int Most = 500;

    public static void MapConversations(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/conversations").WithTags("Conversations");
        group.MapGet("/", ListAsync).WithSummary("Conversations, the most recent first.");
        group.MapGet("/{id}", FindAsync).WithSummary("A conversation with its messages.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a conversation with its messages and their feedback.");
    }

    private static async Task<Results<Ok<ListReply<Conversation>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        ConversationStore conversations, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string? knowledgeBase = null, int limit = 50)
    {
        if (Check(limit) is { Any: true } errors)
            return errors.ToProblem();
        var id = await IdOfAsync(knowledgeBases, knowledgeBase, cancellationToken);
        return id is null && knowledgeBase is not null
            ? Problems.Of(AskProblem.UnknownKnowledgeBase)
            : TypedResults.Ok(ListReply.All(await conversations.ListAsync(id, limit, cancellationToken)));
    }

    private static async Task<Results<Ok<ConversationReply>, ProblemHttpResult>> FindAsync(string id, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.GetAsync(id, cancellationToken) is { } transcript ? TypedResults.Ok(ConversationReply.From(transcript)) : Problems.NotFound("conversation");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("conversation");

    private static FieldErrors Check(int limit)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        return errors;
    }

    private static async Task<string?> IdOfAsync(KnowledgeBaseStore knowledgeBases, string? nameOrId, CancellationToken cancellationToken) =>
        nameOrId is null ? null : (await knowledgeBases.FindAsync(nameOrId, cancellationToken))?.Id;
}
