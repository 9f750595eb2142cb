namespace Chatbot.Api.Answering;

/// <summary>What the model says it read and wrote.</summary>
public sealed record TokenUsage(long InputTokens, long OutputTokens);
