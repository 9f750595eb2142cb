using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;

namespace Chatbot.Api.Stats;

/// <summary>How things stand.</summary>
/// <param name="Queues">By their names.</param>
/// <param name="OpenRuns">Crawl runs that are queued or running.</param>
/// <param name="Model">The configured language model; null when there is none.</param>
public sealed record StatsReply(IReadOnlyList<KnowledgeBaseStats> KnowledgeBases, IReadOnlyDictionary<string, QueueStats> Queues, int OpenRuns, string? Model)
{
    /// <summary>The language models in order of preference, with what they did today.</summary>
    public IReadOnlyList<ModelStats> Models { get; init; } = [];

    /// <summary>What models may cost in a day, and what they have cost today; null when there is no limit.</summary>
    public BudgetStats? Budget { get; init; }
}

/// <param name="Provider">By its configured name.</param>
/// <param name="Resting">It failed too often and is left alone for a while; as seen by the process that answers.</param>
/// <param name="Answers">Of today (UTC), as the other figures.</param>
public sealed record ModelStats(string Provider, string Model, bool Resting, long Answers, long InputTokens, long OutputTokens, decimal Cost);

public sealed record BudgetStats(decimal Limit, decimal Spent);

/// <param name="Index">Null when the index does not answer.</param>
public sealed record KnowledgeBaseStats(string Id, string Name, string Title, int Sites, DocumentCounts Documents, IndexState? Index, IndexBuild Build);

public sealed record DocumentCounts(int Pending, int Indexed, int Failed, int Gone);

/// <inheritdoc cref="QueueDepth"/>
public sealed record QueueStats(int Waiting, int Leased, int Dead);
