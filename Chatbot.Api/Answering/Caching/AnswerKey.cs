namespace Chatbot.Api.Answering.Caching;

/// <summary>Where an answer is kept.</summary>
/// <param name="Generation">Of the index when the question was asked.</param>
/// <param name="Model">That the answer is to be from; null when it is to be quoted.</param>
/// <param name="Passages">That it may be made from.</param>
internal sealed record AnswerKey(string Text, long Generation, string? Model, int Passages);
