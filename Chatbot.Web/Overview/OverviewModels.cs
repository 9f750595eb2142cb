namespace Chatbot.Web.Overview;

internal sealed record Stats(IReadOnlyList<KnowledgeBaseStats> KnowledgeBases, Dictionary<string, QueueStats> Queues, int OpenRuns, string? Model)
{
    public IReadOnlyList<ModelStats> Models { get; init; } = [];

    /// <summary>Null when models may cost as much as they like.</summary>
    public BudgetStats? Budget { get; init; }
}

/// <param name="Resting">It failed too often and is left alone for a while.</param>
/// <param name="Answers">Of today, as the other figures.</param>
internal sealed record ModelStats(string Provider, string Model, bool Resting, long Answers, long InputTokens, long OutputTokens, decimal Cost);

internal sealed record BudgetStats(decimal Limit, decimal Spent);

/// <param name="Documents">How many there are, by status.</param>
/// <param name="Index">Null when the index does not answer.</param>
internal sealed record KnowledgeBaseStats(string Name, string Title, int Sites, Dictionary<string, int> Documents, IndexStats? Index, IndexBuild? Build);

/// <param name="Building">How the chunks of the index that is being built are cut; null when none is.</param>
/// <param name="Staged">Documents in it.</param>
internal sealed record IndexBuild(string? Chunker, string? Building, int Staged, DateTimeOffset? HeldAt = null, DateTimeOffset? CompleteAt = null);

internal sealed record IndexStats(int Documents, long Chunks, long WithVector, IReadOnlyList<string> Languages);

internal sealed record QueueStats(int Waiting, int Leased, int Dead);
