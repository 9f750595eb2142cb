using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Backends.Conversations;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.AI;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// Fills the template <c>answer-prompt.md</c>: above its line <c>---</c> what the model is told, below what it is asked.
/// Slots: <c>{system_role_prompt} {role_bot} {chat_history} {context} {question}</c>. Pure.
/// </summary>
internal static partial class PromptComposer
{
    /// <summary>Passages that go into the prompt: about 3,000 tokens with passages of 1,500 characters.</summary>
    public const int Passages = 8;

    private const int HistoryMessages = 6;
    private const int HistoryCharacters = 600;

    private static readonly (string Told, string Asked) Template = Read();

    public static IList<ChatMessage> Compose(
        KnowledgeBase knowledgeBase, string question, IReadOnlyList<ConversationMessage> history, IReadOnlyList<Passage> passages)
    {
        var slots = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["system_role_prompt"] = $"You answer questions of the visitors of \"{knowledgeBase.Title}\".",
            ["role_bot"] = "a helpful, exact assistant",
            ["chat_history"] = History(history),
            ["context"] = Context(passages),
            ["question"] = question,
        };
        return [new ChatMessage(ChatRole.System, Fill(Template.Told, slots)), new ChatMessage(ChatRole.User, Fill(Template.Asked, slots))];
    }

    // In one pass: what a visitor or a page writes is never a slot.
    private static string Fill(string template, Dictionary<string, string> slots) =>
        Slot.Replace(template, match => slots.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private static string History(IReadOnlyList<ConversationMessage> history)
    {
        if (history.Count == 0)
            return "(none)";
        var lines = history.TakeLast(HistoryMessages).Select(message =>
            $"{(message.Role == ConversationRole.User ? "Visitor" : "You")}: {Shortened(message.Text)}");
        return string.Join('\n', lines);
    }

    private static string Shortened(string text) => text.Length <= HistoryCharacters ? text : string.Concat(text.AsSpan(0, HistoryCharacters), "…");

    private static string Context(IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder();
        for (var i = 0; i < passages.Count; i++)
        {
            var chunk = passages[i].Chunk;
            var headings = string.Join(" > ", [chunk.Title ?? chunk.Url, .. chunk.HeadingPath]);
            text.Append(CultureInfo.InvariantCulture, $"[{i + 1}] {headings}\n{passages[i].Text}\n\n");
        }

        return text.ToString().TrimEnd();
    }

    private static (string Told, string Asked) Read()
    {
        using var file = typeof(PromptComposer).Assembly.GetManifestResourceStream("answer-prompt.md")
            ?? throw new InvalidOperationException("The assembly lacks answer-prompt.md.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n---\n", 2) is [var told, var asked]
            ? (told.Trim(), asked.Trim())
            : throw new InvalidOperationException("answer-prompt.md lacks its line of three hyphens.");
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Slot { get; }
}
