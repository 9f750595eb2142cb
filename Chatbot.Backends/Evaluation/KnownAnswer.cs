namespace Chatbot.Backends.Evaluation;

/// <summary>What was answered to a question.</summary>
/// <param name="Cited">URLs without fragments, each once.</param>
/// <param name="Model">That wrote it; null when it was quoted.</param>
public sealed record KnownAnswer(string Answer, IReadOnlyList<string> Cited, bool Refused, string? Model);

/// <summary>An answer that became another one after a crawl.</summary>
/// <param name="Times">How often visitors asked it lately; 0 for a golden question that nobody asked.</param>
/// <param name="Pages">The pages that changed with the crawl and that one of the answers cites.</param>
/// <param name="SeenAt">When an editor was through with it; null while it waits.</param>
public sealed record AnswerChange(
    string Id, string KnowledgeBaseId, string RunId, string Question, int Times, KnownAnswer Before, KnownAnswer After, IReadOnlyList<string> Pages,
    DateTimeOffset CreatedAt, DateTimeOffset? SeenAt);

/// <summary>A crawl that changed something, after which questions are to be asked again.</summary>
public sealed record DriftCheck(string RunId, string KnowledgeBaseId, DateTimeOffset CrawlStartedAt, DateTimeOffset CrawlFinishedAt);
