namespace Chatbot.Core.Chunks;

/// <summary>What stood in quotation marks in a question.</summary>
/// <param name="Text">As it was written, without its marks.</param>
/// <param name="IsFound">Whether one of the candidates holds it. When none of a question's phrases is found, the candidates are those of its words.</param>
public sealed record QuestionPhrase(string Text, bool IsFound);
