namespace Chatbot.Web.Evaluations;

/// <summary>An answer that became another one after a crawl, as the API gives it.</summary>
internal sealed record AnswerChange(string Id, string Question, int Times, KnownAnswer Before, KnownAnswer After, IReadOnlyList<string> Pages, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt = null);

internal sealed record KnownAnswer(string Answer, bool Refused);

/// <summary>What an editor wrote and whose source changed since.</summary>
internal sealed record SourceReview(string Kind, string Id, string Title, string Url, DateTimeOffset ChangedAt, bool IsGone);
