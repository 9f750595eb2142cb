namespace Chatbot.Core.Answering;

/// <summary>A place in the sources that is near to a question which they do not answer.</summary>
public sealed record AnswerTopic(string Title, string Url);
