using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Generating;

/// <summary>Which passages a prompt has room for. Pure.</summary>
internal static class PromptBudget
{
    // Number, title and headings before each.
    private const int TokensOfHeading = 40;

    // The rule of thumb is off by a third at most on real texts; what fits by half as much again need not be counted.
    private const double Certain = 1.5;

    /// <summary>The best passages that fit, in their order; of a first one that is too long as much as fits.</summary>
    /// <param name="tokens">For all of them.</param>
    /// <param name="most">Passages wanted.</param>
    public static IReadOnlyList<Passage> Fit(IReadOnlyList<Passage> passages, int tokens, int most)
    {
        var wanted = passages.Take(most).ToList();
        if (wanted.Sum(passage => (TokenEstimate.Of(passage.Text) * Certain) + TokensOfHeading) <= tokens) return wanted;
        var (fitting, left) = (new List<Passage>(), tokens);
        foreach (var passage in wanted)
        {
            left -= TokenCounter.Of(passage.Text) + TokensOfHeading;
            if (left < 0) break;
            fitting.Add(passage);
        }

        if (fitting.Count == 0 && wanted is [var first, ..]) fitting.Add(first with { Text = Cut(first.Text, Math.Max(1, tokens - TokensOfHeading)) });
        return fitting;
    }

    /// <summary>Of a text that has more tokens its beginning.</summary>
    public static string Cut(string text, int tokens)
    {
        while (TokenCounter.Of(text) is var count && count > tokens)
        {
            var length = Math.Min(text.Length - 1, (int)((long)text.Length * tokens / count));
            text = text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
        }

        return text;
    }
}
