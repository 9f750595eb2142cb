using Chatbot.Backends.Conversations;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Generating;

/// <summary>Which part of what was said before a prompt has room for. Pure.</summary>
internal static class HistoryBudget
{
    // Who speaks, and the line's end.
    private const int TokensOfSpeaker = 5;

    // A long answer must not drive out the question it was given to, nor the two before it.
    private const int MostForOne = 4;

    private const int TokensOfEllipsis = 2;

    /// <summary>The newest messages that fit, the oldest first. One that takes more than a quarter of the room ends with a sentence before that.</summary>
    /// <param name="tokens">For all of them.</param>
    public static IReadOnlyList<ConversationMessage> Fit(IReadOnlyList<ConversationMessage> history, int tokens)
    {
        var (fitting, left) = (new List<ConversationMessage>(), tokens);
        for (var i = history.Count - 1; i >= 0; i--)
        {
            var text = Shortened(history[i].Text, (tokens / MostForOne) - TokensOfSpeaker, out var taken);
            left -= taken + TokensOfSpeaker;
            if (left < 0) break;
            fitting.Add(text.Length == history[i].Text.Length ? history[i] : history[i] with { Text = text });
        }

        fitting.Reverse();
        return fitting;
    }

    private static string Shortened(string text, int tokens, out int taken)
    {
        taken = TokenCounter.Of(text);
        if (taken <= tokens) return text;
        var begun = PromptBudget.Cut(text, tokens - TokensOfEllipsis);
        var whole = Sentences.Split(begun, LanguageDetector.Detect(begun));
        // The last one of several was cut.
        var shortened = $"{(whole.Count > 1 ? begun[..whole[^2].End.Value] : begun)} …";
        taken = TokenCounter.Of(shortened);
        return shortened;
    }
}
