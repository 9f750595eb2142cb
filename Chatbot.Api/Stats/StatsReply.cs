using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;

namespace Chatbot.Api.Stats;

/// <summary>How things stand.</summary>
/// <param name="Queues">By their names.</param>
/// <param name="OpenRuns">Crawl runs that are queued or running.</param>
/// <param name="Model">The configured language model; null when there is none.</param>
public sealed record StatsReply(IReadOnlyList<KnowledgeBaseStats> KnowledgeBases, IReadOnlyDictionary<string, QueueStats> Queues, int OpenRuns, string? Model);

/// <param name="Index">Null when the index does not answer.</param>
public sealed record KnowledgeBaseStats(string Id, string Name, string Title, int Sites, DocumentCounts Documents, IndexState? Index, IndexBuild Build);

public sealed record DocumentCounts(int Pending, int Indexed, int Failed, int Gone);

/// <inheritdoc cref="QueueDepth"/>
public sealed record QueueStats(int Waiting, int Leased, int Dead);
