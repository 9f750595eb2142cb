namespace Chatbot.Web.Overview;

internal sealed record Stats(IReadOnlyList<KnowledgeBaseStats> KnowledgeBases, Dictionary<string, QueueStats> Queues, int OpenRuns, string? Model);

/// <param name="Documents">How many there are, by status.</param>
/// <param name="Index">Null when the index does not answer.</param>
internal sealed record KnowledgeBaseStats(string Name, string Title, int Sites, Dictionary<string, int> Documents, IndexStats? Index);

internal sealed record IndexStats(int Documents, long Chunks, long WithVector, IReadOnlyList<string> Languages);

internal sealed record QueueStats(int Waiting, int Leased, int Dead);
