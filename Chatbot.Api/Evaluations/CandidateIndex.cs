using Chatbot.Backends.Documents;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;

namespace Chatbot.Api.Evaluations;

/// <summary>
/// An index that was built and waits behind the gate, made searchable beside the one that visitors search: under an id of its
/// own, so that nobody else finds it, with vectors as any other. Safe for concurrent use.
/// </summary>
internal sealed partial class CandidateIndex(
    IIndexBuilds builds, IChunkIndex index, DocumentStore documents, EvaluationRequests requests, IJobQueue queue, TimeProvider clock, ILogger<CandidateIndex> logger)
{
    private const int AtATime = 100;

    // Without an ingestion that makes vectors none ever comes; what visitors get without them is compared then.
    private static readonly TimeSpan MostForVectors = TimeSpan.FromHours(2);

    /// <summary>Goes on with the indexes that wait: makes them searchable and, when their vectors are there, begins their runs.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var held in await builds.ListHeldAsync(cancellationToken))
        {
            if (held.RunId is not null) continue;
            var id = TrialIndex.IdOf(held.KnowledgeBaseId);
            var state = await index.GetStateAsync(id, cancellationToken);
            if (state.Documents == 0)
            {
                await CopyAsync(held, cancellationToken);
                continue;
            }

            if (state.WithVector + state.Parked < state.Chunks && clock.GetUtcNow() - held.HeldAt < MostForVectors) continue;
            await BeginAsync(held, cancellationToken);
        }
    }

    /// <summary>Takes it away again.</summary>
    public async Task RemoveAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var id = TrialIndex.IdOf(knowledgeBaseId);
        if ((await index.GetStateAsync(id, cancellationToken)).Documents == 0) return;
        for (var after = ""; ;)
        {
            var some = await documents.ListAfterAsync(knowledgeBaseId, after, AtATime, cancellationToken);
            foreach (var document in some) await index.DeleteAsync(id, TrialIndex.DocumentOf(document.Id), cancellationToken);
            if (some.Count < AtATime) return;
            after = some[^1].Id;
        }
    }

    private async Task CopyAsync(HeldBuild held, CancellationToken cancellationToken)
    {
        var id = TrialIndex.IdOf(held.KnowledgeBaseId);
        for (var after = ""; ;)
        {
            var some = await builds.ListStagedAsync(held.KnowledgeBaseId, after, AtATime, cancellationToken);
            foreach (var staged in some)
            {
                var document = TrialIndex.DocumentOf(staged.DocumentId);
                await index.ReplaceAsync(id, document, staged.Version, [.. staged.Chunks.Select(chunk => chunk with { DocumentId = document, Version = staged.Version })], cancellationToken);
            }

            if (some.Count < AtATime) return;
            after = some[^1].DocumentId;
        }
    }

    private async Task BeginAsync(HeldBuild held, CancellationToken cancellationToken)
    {
        var baseline = await requests.StartAsync(held.KnowledgeBaseId, EvaluationCause.Gate, null, cancellationToken);
        var candidate = new EvaluationCandidate { Kind = CandidateKind.Index, Reference = held.Chunker, Label = held.Chunker, BaselineRunId = baseline?.Id, State = CandidateState.Waiting };
        if (baseline is null || await requests.StartAsync(held.KnowledgeBaseId, EvaluationCause.Gate, candidate, cancellationToken) is not { } run)
        {
            // The last golden question was deleted meanwhile: nothing can be said against it.
            await RemoveAsync(held.KnowledgeBaseId, cancellationToken);
            await queue.PublishAsync([new IndexReleased(held.KnowledgeBaseId, held.Chunker).ToJob()], cancellationToken);
            await builds.AssignAsync(held.KnowledgeBaseId, held.Chunker, "", cancellationToken);
            LogNothingToAsk(held.KnowledgeBaseId);
            return;
        }

        await builds.AssignAsync(held.KnowledgeBaseId, held.Chunker, run.Id, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The new index of {KnowledgeBaseId} goes live unmeasured: there are no golden questions any more")]
    private partial void LogNothingToAsk(string knowledgeBaseId);
}
