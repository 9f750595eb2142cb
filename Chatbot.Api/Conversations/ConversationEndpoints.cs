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
        group.MapDelete("/", DeleteManyAsync).WithSummary("Deletes the conversations that the query names.");
        group.MapGet("/export", ExportAsync).WithSummary("Conversations as a file: json, csv or md.");
        group.MapGet("/{id}", FindAsync).WithSummary("A conversation with its messages.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a conversation with its messages and their feedback.");
    }

    private static async Task<Results<Ok<ListReply<ConversationSummary>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        [AsParameters] ConversationsRequest request, ConversationArchive archive, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, int limit = 50, int offset = 0)
    {
        var errors = Check(limit);
        errors.Check(offset >= 0, "offset", "0 or more.");
        request.CheckFields(errors);
        if (errors.Any)
            return errors.ToProblem();
        if (await request.ToFilterAsync(knowledgeBases, cancellationToken) is not { } filter)
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var found = await archive.ListAsync(filter, limit, offset, cancellationToken);
        return TypedResults.Ok(new ListReply<ConversationSummary>(found, await archive.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Ok<ConversationReply>, ProblemHttpResult>> FindAsync(string id, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.GetAsync(id, cancellationToken) is { } transcript ? TypedResults.Ok(ConversationReply.From(transcript)) : Problems.NotFound("conversation");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("conversation");

    private static async Task<Results<Ok<DeletedReply>, ValidationProblem, ProblemHttpResult>> DeleteManyAsync(
        [AsParameters] ConversationsRequest request, ConversationArchive archive, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, bool all = false)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        errors.Check(all || request.IsRestricted, "all", "Say which conversations (ids, visitor, knowledgeBase, text, outcome, feedback, from, until), or all=true.");
        if (errors.Any)
            return errors.ToProblem();
        return await request.ToFilterAsync(knowledgeBases, cancellationToken) is { } filter
            ? TypedResults.Ok(new DeletedReply(await archive.DeleteAsync(filter, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);
    }

    private static async Task<IResult> ExportAsync(
        [AsParameters] ConversationsRequest request, ConversationExport export, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string format = "json")
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        errors.Check(ConversationExport.MediaTypes.ContainsKey(format), "format", $"{string.Join(", ", ConversationExport.MediaTypes.Keys)}.");
        if (errors.Any)
            return errors.ToProblem();
        return await request.ToFilterAsync(knowledgeBases, cancellationToken) is { } filter
            ? TypedResults.Stream(body => export.WriteAsync(filter, format, body, cancellationToken), ConversationExport.MediaTypes[format], $"conversations.{format}")
            : Problems.Of(AskProblem.UnknownKnowledgeBase);
    }

    private static FieldErrors Check(int limit)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        return errors;
    }
}
