namespace Chatbot.Api.Answering.Caching;

/// <summary>Where an answer is kept.</summary>
/// <param name="Generation">Of the index when the question was asked.</param>
internal sealed record AnswerKey(string Text, long Generation);
