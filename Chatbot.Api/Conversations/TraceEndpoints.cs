using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Conversations;

/// <summary>How an answer came about, by the trace id that its visitor can quote.</summary>
internal static class TraceEndpoints
{
    public static void MapTraces(this RouteGroupBuilder admin) =>
        admin.MapGroup("/traces").WithTags("Conversations").MapGet("/{traceId}", FindAsync).WithSummary("How an answer came about, by its X-Trace-Id.");

    private static async Task<Results<Ok<TraceReply>, ProblemHttpResult>> FindAsync(
        string traceId, MessageTraceStore traces, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        if (await traces.FindAsync(traceId.Trim().ToLowerInvariant(), cancellationToken) is not { } found)
            return Problems.NotFound("answer with this trace id");
        var knowledgeBase = await knowledgeBases.FindAsync(found.KnowledgeBaseId, cancellationToken);
        var steps = JsonSerializer.Deserialize(found.Steps, ApiJson.Default.ListTraceStep) ?? [];
        return TypedResults.Ok(new TraceReply(found.TraceId, found.MessageId, found.ConversationId, knowledgeBase?.Name ?? "", found.Question, found.Answer, steps, found.CreatedAt));
    }
}

/// <param name="KnowledgeBase">Its name.</param>
/// <param name="Question">As it was asked.</param>
public sealed record TraceReply(
    string TraceId, string MessageId, string ConversationId, string KnowledgeBase, string? Question, string Answer, IReadOnlyList<TraceStep> Steps, DateTimeOffset CreatedAt);
