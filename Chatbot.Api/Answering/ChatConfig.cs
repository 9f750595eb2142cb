namespace Chatbot.Api.Answering;

/// <summary>What a chat page needs to know of a knowledge base.</summary>
/// <param name="KnowledgeBase">Its name.</param>
/// <param name="Languages">Two-letter codes of its visitors' languages; may be empty.</param>
/// <param name="Language">Of the greeting.</param>
/// <param name="HasModel">Answers are written by a language model, not quoted.</param>
/// <param name="MaxQuestionLength">In characters.</param>
/// <param name="AllowedOrigins">Origins whose pages may show the chat in a frame.</param>
/// <param name="Models">Language models that a question may choose.</param>
public sealed record ChatConfig(
    string KnowledgeBase, string Title, IReadOnlyList<string> Languages, string Language, string Greeting, string? Contact, bool HasModel, int MaxQuestionLength,
    IReadOnlyList<string> AllowedOrigins, IReadOnlyList<string> Models)
{
    /// <summary>Questions are suggested while one is typed.</summary>
    public bool Suggestions { get; init; } = true;

    /// <summary>A conversation can be passed on to a person.</summary>
    public bool Handover { get; init; }
}
