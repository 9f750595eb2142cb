namespace Chatbot.Api.Suggestions;

/// <summary>A question that a visitor may mean.</summary>
public sealed record Suggestion(string Text, SuggestionSource Source);

/// <summary>Where a suggestion is from.</summary>
public enum SuggestionSource
{
    /// <summary>An editor set it for the beginning of a conversation.</summary>
    Starter,

    /// <summary>An editor answered it.</summary>
    Faq,

    /// <summary>Several visitors asked it and were answered.</summary>
    Popular,
}
