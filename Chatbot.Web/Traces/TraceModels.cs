namespace Chatbot.Web.Traces;

/// <summary>How an answer came about.</summary>
internal sealed record AnswerTrace(
    string TraceId, string ConversationId, string KnowledgeBase, string? Question, string Answer, IReadOnlyList<TraceStep> Steps, DateTimeOffset CreatedAt);

internal sealed record TraceStep(string Step, double Ms, IReadOnlyDictionary<string, string>? Details);
