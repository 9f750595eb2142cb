using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Prompts;
using Chatbot.Backends.Conversations;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.AI;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// Fills a template for a question. What visitors and pages wrote comes within tags that it cannot close, and is never read
/// for slots. Pure.
/// </summary>
internal static partial class PromptComposer
{
    /// <summary>Passages that go into the prompt: about 3,000 tokens with passages of 1,500 characters.</summary>
    public const int Passages = 8;

    /// <summary>As many as the knowledge base wants.</summary>
    public static int PassagesOf(KnowledgeBase knowledgeBase) => knowledgeBase.Settings.Retrieval.Passages ?? Passages;

    /// <param name="historyTokens">For what was said before.</param>
    /// <param name="today">In the time zone of the server.</param>
    public static IList<ChatMessage> Compose(PromptText template, Question question, IReadOnlyList<Passage> passages, int historyTokens, DateTimeOffset today)
    {
        var lines = Languages.LinesOf(question.Language);
        var settings = question.KnowledgeBase.Settings;
        var title = question.KnowledgeBase.Title;
        var slots = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["system_role_prompt"] = settings.SystemRole ?? lines.SystemRole.Replace("{knowledge_base}", title, StringComparison.Ordinal),
            ["role_bot"] = settings.BotRole ?? lines.BotRole,
            ["language"] = NameOf(LanguageDetector.Detect(question.Asked) ?? question.Language),
            ["knowledge_base"] = title,
            ["contact"] = settings.Contact ?? "–",
            ["date"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["no_answer"] = PromptText.NoAnswer,
            ["chat_history"] = History(HistoryBudget.Fit(question.History, historyTokens), lines),
            ["context"] = Context(passages),
            ["question"] = $"<question>\n{Quoted(question.Asked)}\n</question>",
        };
        return [new ChatMessage(ChatRole.System, PromptText.Fill(template.Told, slots)), new ChatMessage(ChatRole.User, PromptText.Fill(template.Asked, slots))];
    }

    private static string History(IReadOnlyList<ConversationMessage> history, FixedLines lines)
    {
        var said = history.Select(message =>
            // A line that is not indented begins what somebody says: nobody can put words into another one's mouth.
            $"{(message.Role == ConversationRole.User ? lines.Visitor : lines.You)}: {Quoted(message.Text).ReplaceLineEndings("\n  ")}");
        return history.Count == 0 ? "–" : $"<conversation>\n{string.Join('\n', said)}\n</conversation>";
    }

    private static string Context(IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder();
        for (var i = 0; i < passages.Count; i++)
        {
            var chunk = passages[i].Chunk;
            var headings = Quoted(string.Join(" > ", [chunk.Title ?? chunk.Url, .. chunk.HeadingPath])).ReplaceLineEndings(" ").Replace('"', '\'');
            text.Append(CultureInfo.InvariantCulture, $"<passage number=\"{i + 1}\" title=\"{headings}\">\n{Quoted(passages[i].Text)}\n</passage>\n");
        }

        return text.ToString().TrimEnd();
    }

    // Only our own tags: angle brackets of code and formulas are what some questions are about.
    private static string Quoted(string text) => Tag.Replace(text, match => $"‹{match.Value[1..]}");

    private static string NameOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
    }

    [GeneratedRegex(@"<\s*/?\s*(?:passage|question|conversation)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag { get; }
}
