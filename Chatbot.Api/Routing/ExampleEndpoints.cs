using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Http;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Routing;

internal static class ExampleEndpoints
{
    private const int MostAtOnce = 500;

    public static void MapExamples(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/examples").WithTags("Examples");
        group.MapGet("/", ListAsync).WithSummary("The examples of a knowledge base, by intent.");
        group.MapPost("/", CreateAsync).WithSummary("Adds an example; the next question is compared with it.");
        group.MapGet("/{id}", FindAsync).WithSummary("An example.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Changes an example.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes an example.");
        group.MapPost("/route", RouteAsync).WithSummary("What a question is taken for, with the nearest examples.");
        group.MapIntents();
        group.MapExampleFiles();
    }

    private static async Task<Results<Ok<ListReply<ExampleReply>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        ExampleStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, string? intent = null, string? text = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostAtOnce, "limit", $"1 to {MostAtOnce}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var filter = new ExampleFilter { KnowledgeBaseId = found.Id, Intent = string.IsNullOrEmpty(intent) ? null : intent, Text = text, Limit = limit, Offset = offset };
        var examples = await store.ListAsync(filter, cancellationToken);
        return TypedResults.Ok(new ListReply<ExampleReply>([.. examples.Select(ExampleReply.From)], await store.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Created<ExampleReply>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ExampleRequest request, ExampleStore store, ExampleBook book, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var errors = new FieldErrors();
        request.CheckFields(errors, await book.OfAsync(knowledgeBase.Id, cancellationToken));
        if (errors.Any) return errors.ToProblem();
        var saved = await store.SaveAsync(knowledgeBase.Id, null, request.IntentName, request.CleanText, request.LanguageOrDetected, request.LinkOrNone, cancellationToken);
        book.Forget(knowledgeBase.Id);
        return TypedResults.Created($"/api/examples/{saved!.Value.Example.Id}", ExampleReply.From(saved.Value.Example));
    }

    private static async Task<Results<Ok<ExampleReply>, ProblemHttpResult>> FindAsync(string id, ExampleStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } example ? TypedResults.Ok(ExampleReply.From(example)) : Problems.NotFound("example");

    private static async Task<Results<Ok<ExampleReply>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, ExampleRequest request, ExampleStore store, ExampleBook book, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known) return Problems.NotFound("example");
        var errors = new FieldErrors();
        request.CheckFields(errors, await book.OfAsync(known.KnowledgeBaseId, cancellationToken));
        if (errors.Any) return errors.ToProblem();
        var saved = await store.SaveAsync(known.KnowledgeBaseId, id, request.IntentName, request.CleanText, request.LanguageOrDetected, request.LinkOrNone, cancellationToken);
        if (saved is null) return Problems.Conflict("Another example of the knowledge base has this text.");
        book.Forget(known.KnowledgeBaseId);
        return TypedResults.Ok(ExampleReply.From(saved.Value.Example));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, ExampleStore store, ExampleBook book, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known || !await store.DeleteAsync(id, cancellationToken)) return Problems.NotFound("example");
        book.Forget(known.KnowledgeBaseId);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RouteReply>, ProblemHttpResult>> RouteAsync(
        RouteRequest request, QuestionRouter router, KnowledgeBaseStore knowledgeBases, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (QuestionGuard.Check(request.Question, out var asked) is { } problem) return Problems.Of(problem);
        var name = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (route, nearest) = await router.ExplainAsync(
            new Question
            {
                Asked = asked,
                Standalone = asked,
                KnowledgeBase = knowledgeBase,
                Conversation = new Conversation("", knowledgeBase.Id, clock.GetUtcNow(), clock.GetUtcNow()),
                History = [],
                Trace = new TraceLog(wanted: false),
                Language = Languages.Choose(asked, null, knowledgeBase.Settings),
            },
            cancellationToken);
        return TypedResults.Ok(new RouteReply(
            route.Intent.Name, route.By, Math.Round(route.Score, 3),
            [.. nearest.Select(near => new NearExample(near.Text.Intent, near.Text.Text, near.Text.Language, Math.Round(near.Score, 3), near.Text.IsShipped))]));
    }
}
