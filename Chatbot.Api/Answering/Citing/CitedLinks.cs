using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;
using Chatbot.Core.Extractions;

namespace Chatbot.Api.Answering.Citing;

/// <summary>
/// The links of a passage that go into an answer: beside its text, so that neither a page nor a model can write one into it.
/// Pure.
/// </summary>
internal static class CitedLinks
{
    // Of one citation; a sentence with more is a menu.
    private const int Most = 10;

    // Longer words are no name of what the link leads to.
    private const int LongestWords = 200;

    // A model writes sentences of its own: "here" and "more" stand in them, too, and mean something else.
    private const int ShortestWords = 5;

    /// <returns>Those on words of a quoted part of the passage: lines of it, or sentences.</returns>
    public static IReadOnlyList<CitedLink> InQuote(Passage passage, string quoted)
    {
        if (passage.Links.Count == 0) return [];
        var parts = quoted.Split('\n').Select(line => (Start: passage.Text.IndexOf(line, StringComparison.Ordinal), line.Length)).Where(part => part.Start >= 0).ToList();
        return Of(passage, link => parts.Exists(part => link.Start >= part.Start && link.Start + link.Length <= part.Start + part.Length));
    }

    /// <returns>Those on words that an answer uses as the passage has them.</returns>
    public static IReadOnlyList<CitedLink> InAnswer(Passage passage, string answer) =>
        passage.Links.Count == 0 ? [] : Of(passage, link => link.Length >= ShortestWords && answer.Contains(passage.Text.Substring(link.Start, link.Length), StringComparison.Ordinal));

    private static IReadOnlyList<CitedLink> Of(Passage passage, Func<TextLink, bool> isIn) =>
    [
        .. passage.Links.Where(link => link.Length <= LongestWords && LinkTarget.IsSafe(link.Url) && isIn(link))
            .Select(link => new CitedLink(passage.Text.Substring(link.Start, link.Length), link.Url))
            .DistinctBy(link => link.Text, StringComparer.Ordinal).Take(Most),
    ];
}
