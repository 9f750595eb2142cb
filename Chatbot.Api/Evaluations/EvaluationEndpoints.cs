using Chatbot.Api.Answering;
using Chatbot.Api.Evaluations.Drift;
using Chatbot.Api.Evaluations.Golden;
using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Evaluations;

internal static class EvaluationEndpoints
{
    private const int Most = 500;

    public static void MapEvaluations(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/evaluations").WithTags("Evaluation");
        group.MapGet("/", ListAsync).WithSummary("Runs over the golden questions, the newest first.");
        group.MapPost("/", StartAsync).WithSummary("Asks the golden questions of a knowledge base.");
        group.MapGet("/{id}", FindAsync).WithSummary("A run, with how far it is and its figures.");
        group.MapGet("/{id}/results", CompareAsync).WithSummary("How each question of a run went, beside another run.");
        group.MapPost("/{id}/cancel", CancelAsync).WithSummary("Ends a run that goes on.");
        group.MapPost("/{id}/activate", ActivateAsync).WithSummary("Lets a change that is held back go live all the same.");
        group.MapPost("/{id}/drop", DropAsync).WithSummary("Gives a change up that is held back.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a run that has ended.");
        group.MapGet("/settings", GetSettingsAsync).WithSummary("When the golden questions are asked by themselves, and what depends on it.");
        group.MapPut("/settings", SetSettingsAsync).WithSummary("Sets that.");
        group.MapGoldenQuestions();
        group.MapDrift();
    }

    private static async Task<Results<Ok<ListReply<EvaluationRun>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        EvaluationStore runs, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, int limit = 50)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        if (errors.Any) return errors.ToProblem();
        return await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found
            ? Problems.Of(AskProblem.UnknownKnowledgeBase)
            : TypedResults.Ok(new ListReply<EvaluationRun>(await runs.ListAsync(found.Id, limit, cancellationToken), await runs.CountAsync(found.Id, cancellationToken)));
    }

    private static async Task<Results<Accepted<EvaluationRun>, ProblemHttpResult>> StartAsync(
        EvaluationRequest request, EvaluationStore runs, EvaluationRequests requests, Answerer answerer, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrWhiteSpace(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var model = string.IsNullOrWhiteSpace(request.Model) ? null : request.Model.Trim();
        if (model is not null && !answerer.Models.Contains(model)) return Problems.Of(AskProblem.UnknownModel(answerer.Models));
        // One that waits for the same asks the same questions.
        var newest = (await runs.ListAsync(found.Id, 1, cancellationToken)).FirstOrDefault(run => run.State is EvaluationState.Queued or EvaluationState.Running);
        if (newest is not null && model is null && newest.Candidate is null) return TypedResults.Accepted($"/api/evaluations/{newest.Id}", newest);
        var candidate = model is null ? null : new EvaluationCandidate { Kind = CandidateKind.Model, Reference = model, Label = model, State = CandidateState.Waiting };
        return await requests.StartAsync(found.Id, EvaluationCause.Editor, candidate, cancellationToken) is { } run
            ? TypedResults.Accepted($"/api/evaluations/{run.Id}", run)
            : Problems.Conflict("The knowledge base has no golden questions that count: write some, import a file, or accept drafts.");
    }

    private static async Task<Results<Ok<EvaluationRun>, ProblemHttpResult>> FindAsync(string id, EvaluationStore runs, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.NotFound("evaluation");

    private static async Task<Results<Ok<EvaluationComparison>, ProblemHttpResult>> CompareAsync(string id, EvaluationStore runs, CancellationToken cancellationToken, string? with = null)
    {
        if (await runs.FindAsync(id, cancellationToken) is not { } run) return Problems.NotFound("evaluation");
        EvaluationRun? other;
        if (!string.IsNullOrEmpty(with))
        {
            other = await runs.FindAsync(with, cancellationToken);
            if (other is null || other.KnowledgeBaseId != run.KnowledgeBaseId) return Problems.NotFound("evaluation to compare with");
        }
        else
        {
            other = run.Candidate?.BaselineRunId is { } baseline
                ? await runs.FindAsync(baseline, cancellationToken)
                : (await runs.ListAsync(run.KnowledgeBaseId, Most, cancellationToken))
                    .FirstOrDefault(it => it.State == EvaluationState.Completed && it.CreatedAt < run.CreatedAt && it.Candidate is null or { State: CandidateState.Live });
        }

        var before = other is null ? [] : await runs.GetResultsAsync(other.Id, cancellationToken);
        return TypedResults.Ok(EvaluationComparison.Of(run, await runs.GetResultsAsync(id, cancellationToken), other, before));
    }

    private static async Task<Results<Ok<EvaluationRun>, ProblemHttpResult>> CancelAsync(string id, EvaluationStore runs, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is null) return Problems.NotFound("evaluation");
        return await runs.CancelAsync(id, cancellationToken) ? TypedResults.Ok((await runs.FindAsync(id, cancellationToken))!) : Problems.Conflict("It has ended already.");
    }

    private static async Task<Results<Ok<EvaluationRun>, ProblemHttpResult>> ActivateAsync(string id, EvaluationStore runs, ReleaseGate gate, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is not { } run) return Problems.NotFound("evaluation");
        return await gate.ActivateAsync(run, cancellationToken)
            ? TypedResults.Ok((await runs.FindAsync(id, cancellationToken))!)
            : Problems.Conflict("No change waits behind this evaluation, or what was to be changed is not there any more.");
    }

    private static async Task<Results<Ok<EvaluationRun>, ProblemHttpResult>> DropAsync(string id, EvaluationStore runs, ReleaseGate gate, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is not { } run) return Problems.NotFound("evaluation");
        return await gate.DropAsync(run, cancellationToken) ? TypedResults.Ok((await runs.FindAsync(id, cancellationToken))!) : Problems.Conflict("No change waits behind this evaluation.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, EvaluationStore runs, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is not { } run) return Problems.NotFound("evaluation");
        if (run.State is EvaluationState.Queued or EvaluationState.Running) return Problems.Conflict("It goes on; cancel it first.");
        await runs.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<EvaluationSettingsReply>, ProblemHttpResult>> GetSettingsAsync(
        EvaluationSettingsStore settings, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName) =>
        await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(EvaluationSettingsReply.From(await settings.GetAsync(found.Id, cancellationToken), await settings.FindNextAsync(found.Id, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Ok<EvaluationSettingsReply>, ValidationProblem, ProblemHttpResult>> SetSettingsAsync(
        EvaluationSettingsRequest request, EvaluationSettingsStore settings, ModelGate gate, KnowledgeBaseStore knowledgeBases, TimeProvider clock, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var wanted = request.ToSettings();
        var next = EvaluationWorker.NextOf(wanted, clock.GetUtcNow());
        if (wanted.Gate) await gate.RememberAsync(found.Id, cancellationToken);
        await settings.SaveAsync(found.Id, wanted, next, cancellationToken);
        return TypedResults.Ok(EvaluationSettingsReply.From(wanted, next));
    }
}
