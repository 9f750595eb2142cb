namespace Chatbot.Core.Answering;

/// <summary>What a question may have meant.</summary>
/// <param name="Label">In a word.</param>
/// <param name="Question">The question that says so; asking it picks this one.</param>
public sealed record AnswerChoice(string Label, string Question);
