using Chatbot.Api.Answering.Streaming;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Http;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Widgets;
using Chatbot.Backends.Handovers;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Answering;

internal static class AnsweringEndpoints
{
    // A question of 8,000 characters has 48,000 bytes at most when each is escaped; the rest is room for being told so.
    private const long LargestBody = 2 * 1024 * 1024;

    public static void MapAnswering(this IEndpointRouteBuilder app)
    {
        var chat = app.MapGroup("/api").WithTags("Chat").AllowAnonymous().RequireCors(AllowedOrigins.Policy);
        chat.MapPost("/chat", AskAsync)
            .RequireRateLimiting(ClientLimits.Questions)
            .WithMetadata(new RequestSize(LargestBody))
            .WithSummary("Asks a question; answers with server-sent events, or with one object for \"stream\": false.")
            .Produces<AskReply>()
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        chat.MapAnswerStreams();
        chat.MapGet("/chat/config", ConfigureAsync).WithSummary("What a chat page needs to know of a knowledge base.");
    }

    private static async Task<IResult> AskAsync(
        AskRequest request, HttpContext context, Answerer answerer, KnowledgeBaseMemory knowledgeBases, OngoingAnswers ongoing, CancellationToken cancellationToken)
    {
        if (await knowledgeBases.FindAsync(request.KnowledgeBaseOrDefault, cancellationToken) is { } knowledgeBase
            && !AllowedOrigins.Allows(knowledgeBase, context.Request))
            return Problems.Of(AskProblem.RefusedOrigin);
        if (request.Stream == false)
        {
            return await answerer.AskToEndAsync(request, cancellationToken) switch
            {
                AskResult.Answered(var reply) => TypedResults.Ok(reply),
                AskResult.Rejected(var problem) => Problems.Of(problem),
                var other => throw new System.Diagnostics.UnreachableException($"Unhandled {other}"),
            };
        }

        // One that cannot be read on is still an answer.
        return request.Resumable && ongoing.Start(stopping => answerer.AskAsync(request, stopping)) is { } answer
            ? new AnswerStream(answer.ReadAsync(after: 0, cancellationToken))
            : new AnswerStream(answerer.AskAsync(request, cancellationToken));
    }

    private static async Task<Results<Ok<ChatConfig>, ProblemHttpResult>> ConfigureAsync(
        KnowledgeBaseStore knowledgeBases, Answerer answerer, HandoverTargetStore handovers, HttpRequest request, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, string? language = null)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found)
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var accepted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(value => value.Quality ?? 1).Select(value => value.Value.Value);
        var chosen = Languages.FirstKnown([language, .. accepted, .. found.Settings.Languages]);
        return TypedResults.Ok(new ChatConfig(
            found.Name,
            found.Title,
            found.Settings.Languages,
            chosen,
            found.Settings.Greeting ?? Languages.LinesOf(chosen).Greeting,
            found.Settings.Contact,
            answerer.ModelName is not null,
            QuestionGuard.LongestQuestion,
            found.Settings.AllowedOrigins,
            answerer.Models)
        {
            Suggestions = found.Settings.Suggestions != false,
            Handover = await handovers.IsSetAsync(found.Id, cancellationToken),
        });
    }
}
