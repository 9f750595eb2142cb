namespace Chatbot.Core.Answering;

/// <summary>A link that the source has on words that were quoted.</summary>
/// <param name="Text">The words, as they stand in the source.</param>
/// <param name="Url">Of http, https, mailto or tel.</param>
public sealed record CitedLink(string Text, string Url);
