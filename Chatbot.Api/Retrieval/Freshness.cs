using Chatbot.Backends.Documents;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Retrieval;

/// <summary>Puts what changed lately before what says as much and is old, where a knowledge base wants that. Safe for concurrent use.</summary>
internal sealed class Freshness(DocumentStore documents, TimeProvider clock)
{
    /// <summary>Only those change places that were looked at closely: what has nothing to do with the question does not become an answer by being new.</summary>
    public async Task<RankedCandidates> ApplyAsync(RankedCandidates ranked, RetrievalSettings settings, bool isTrial, CancellationToken cancellationToken)
    {
        if (settings.Freshness is not (> 0 and var weight)) return ranked;
        var close = ranked.Candidates.TakeWhile(candidate => candidate.Features is not null).ToList();
        var changed = (await documents.FindAsync(close.Select(DocumentOf).ToHashSet(StringComparer.Ordinal), cancellationToken))
            .ToDictionary(document => document.Id, document => document.ChangedAt, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        var half = TimeSpan.FromDays(settings.FreshnessDays ?? RetrievalSettings.DefaultFreshnessDays);
        return ranked.InOrder([.. close.OrderByDescending(candidate => candidate.Score + (weight * NewnessOf(DocumentOf(candidate)))), .. ranked.Candidates.Skip(close.Count)]);

        string DocumentOf(RankedCandidate candidate) => isTrial ? TrialIndex.DocumentOf(candidate.Candidate.Chunk.DocumentId) : candidate.Candidate.Chunk.DocumentId;

        double NewnessOf(string document) => changed.TryGetValue(document, out var at) ? Math.Pow(0.5, Math.Max(0, (now - at) / half)) : 0;
    }
}
