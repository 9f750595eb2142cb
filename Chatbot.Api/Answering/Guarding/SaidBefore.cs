using Chatbot.Backends.Conversations;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>What was said before as a prompt may hold it: what was injected then is injected now. Pure.</summary>
internal static class SaidBefore
{
    public static IReadOnlyList<ConversationMessage> Clean(IReadOnlyList<ConversationMessage> history) =>
        history.Count == 0 ? history : [.. history.Select(Clean).Where(message => message.Text.Length > 0)];

    // Whoever keeps the conversation himself may put words into our mouth, too.
    private static ConversationMessage Clean(ConversationMessage message)
    {
        var clean = message.Role == ConversationRole.User ? InjectionDetector.Clean(message.Text) : InjectionDetector.Kind(message.Text, ofPage: true) is null ? message.Text : "";
        return clean == message.Text ? message : message with { Text = clean };
    }
}
