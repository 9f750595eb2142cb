using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Backends.Conversations;
using Chatbot.Core;

namespace Chatbot.Api.OpenAi;

/// <summary>The question and what was said before it, out of a list of messages.</summary>
/// <param name="History">Oldest first. Instructions (<c>system</c>, <c>developer</c>) are not in it: the knowledge base has its own.</param>
internal sealed record CompletionQuestion(string Text, IReadOnlyList<ConversationMessage> History)
{
    // More than any prompt takes. A follow-up may carry words of what was said before into the search, which no question of
    // a visitor could make longer than this.
    private const int MostHistory = 50, LongestSaid = QuestionGuard.LongestQuestion;

    /// <returns>What is wrong, or null.</returns>
    public static string? Read(IReadOnlyList<CompletionMessage>? messages, out CompletionQuestion question)
    {
        question = new CompletionQuestion("", []);
        if (messages is null or []) return "Send at least one message with the role 'user'.";
        var said = new List<(ConversationRole Role, string Text)>();
        foreach (var message in messages)
        {
            if (TextOf(message.Content) is not { } text) return "The content of a message is a text, or a list of parts of the type 'text'.";
            switch (message.Role)
            {
                case "user": said.Add((ConversationRole.User, text)); break;
                case "assistant": said.Add((ConversationRole.Assistant, text)); break;
                case "system" or "developer": break;
                default: return $"Messages have the roles system, developer, user and assistant; '{message.Role}' is none of them.";
            }
        }

        if (said.Count == 0 || said[^1].Role != ConversationRole.User) return "The last message must have the role 'user': it is the question.";
        question = new CompletionQuestion(said[^1].Text, [.. said.SkipLast(1).TakeLast(MostHistory).Select(
            one => new ConversationMessage { Id = Ids.New(), ConversationId = "", Role = one.Role, Text = one.Text.Length <= LongestSaid ? one.Text : one.Text[..LongestSaid] })]);
        return null;
    }

    private static string? TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Null } or null => "",
        { ValueKind: JsonValueKind.Array } parts => parts.EnumerateArray().All(IsText) ? string.Join('\n', parts.EnumerateArray().Select(part => part.GetProperty("text").GetString())) : null,
        _ => null,
    };

    private static bool IsText(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "text"
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String;
}
