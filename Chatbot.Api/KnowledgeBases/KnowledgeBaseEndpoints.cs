using Chatbot.Api.Answering;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Api.KnowledgeBases;

internal static class KnowledgeBaseEndpoints
{
    public static void MapKnowledgeBases(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/knowledge-bases").WithTags("Knowledge bases");
        group.MapGet("/", ListAsync).WithSummary("All knowledge bases, by name.");
        group.MapPost("/", CreateAsync).WithSummary("Creates a knowledge base.");
        group.MapGet("/{id}", FindAsync).WithSummary("A knowledge base, by name or id.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Changes title and settings.");
        group.MapGet("/{id}/index", FindIndexAsync).WithSummary("How the index was made, and how far one is that is being built.");
        group.MapPost("/{id}/reindex", ReindexAsync).WithSummary("Builds the index anew from what was read of the documents, and switches when it is complete.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a knowledge base with everything in it.");
    }

    private static async Task<Ok<ListReply<KnowledgeBase>>> ListAsync(KnowledgeBaseStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(ListReply.All(await store.ListAsync(cancellationToken)));

    private static async Task<Results<Ok<KnowledgeBase>, ProblemHttpResult>> FindAsync(string id, KnowledgeBaseStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Problems.NotFound("knowledge base");

    private static async Task<Results<Created<KnowledgeBase>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        KnowledgeBaseRequest request, KnowledgeBaseStore store, Answerer answerer, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(KnowledgeBaseStore.IsName(request.Name ?? ""), "name", "1 to 64 of a-z, 0-9 and hyphen.");
        request.CheckFields(errors, answerer.Models, null);
        if (errors.Any)
            return errors.ToProblem();
        var created = await store.CreateAsync(request.Name!, request.Title!.Trim(), request.CleanSettings(), cancellationToken);
        return created is null
            ? Problems.Conflict($"There is a knowledge base named {request.Name} already.")
            : TypedResults.Created($"/api/knowledge-bases/{created.Name}", created);
    }

    private static async Task<Results<Ok<KnowledgeBase>, Accepted<KnowledgeBase>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, KnowledgeBaseRequest request, KnowledgeBaseStore store, ReleaseGate gate, Answerer answerer, CancellationToken cancellationToken, [FromQuery(Name = "gate")] bool isGated = true)
    {
        var errors = new FieldErrors();
        if (await store.FindAsync(id, cancellationToken) is not { } found)
            return Problems.NotFound("knowledge base");
        request.CheckFields(errors, answerer.Models, found.Settings.Model);
        if (errors.Any)
            return errors.ToProblem();
        var changed = found with { Title = request.Title!.Trim(), Settings = request.CleanSettings() };
        if (isGated && ReleaseGate.Matters(found.Settings, changed.Settings))
        {
            var candidate = new EvaluationCandidate { Kind = CandidateKind.Settings, Title = changed.Title, Settings = changed.Settings };
            if (await gate.TryAsync(found.Id, candidate, cancellationToken) is { } run) return TypedResults.Accepted($"/api/evaluations/{run.Id}", found);
        }

        return await store.UpdateAsync(changed, cancellationToken) ? TypedResults.Ok(changed) : Problems.NotFound("knowledge base");
    }

    private static async Task<Results<Ok<IndexBuild>, ProblemHttpResult>> FindIndexAsync(string id, KnowledgeBaseStore store, IIndexBuilds builds, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(await builds.GetAsync(found.Id, cancellationToken)) : Problems.NotFound("knowledge base");

    private static async Task<Results<Accepted<IndexBuild>, ProblemHttpResult>> ReindexAsync(
        string id, KnowledgeBaseStore store, IIndexBuilds builds, IJobQueue queue, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } found)
            return Problems.NotFound("knowledge base");
        await queue.PublishAsync([new ReindexRequested(found.Id).ToJob()], cancellationToken);
        return TypedResults.Accepted($"/api/knowledge-bases/{found.Name}/index", await builds.GetAsync(found.Id, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, KnowledgeBaseStore store, KnowledgeBaseRemover remover, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } found)
            return Problems.NotFound("knowledge base");
        if (found.Name == KnowledgeBase.DefaultName)
            return Problems.Conflict("The default knowledge base stays: it is what is asked when none is named.");
        await remover.RemoveAsync(found, cancellationToken);
        return TypedResults.NoContent();
    }
}
