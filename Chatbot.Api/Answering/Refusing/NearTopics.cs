using System.Globalization;
using Chatbot.Api.Retrieval;
using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Refusing;

/// <summary>The places that are nearest to a question: to look at, not as an answer. Pure.</summary>
internal static class NearTopics
{
    private const int Most = 3;

    // Scores are log-odds: what is so far behind the best is not near to the same matter.
    private static readonly double FurthestBehind = Math.Log(20);

    public static IReadOnlyList<AnswerTopic> Of(RetrievalResult found) =>
    [
        .. found.Passages.Where(passage => passage.Score >= found.Passages[0].Score - FurthestBehind)
            .Select(passage => passage.Chunk)
            .DistinctBy(chunk => chunk.DocumentId)
            .Select(chunk => new AnswerTopic(TitleOf(chunk), UrlOf(chunk)))
            .DistinctBy(topic => topic.Title)
            .Take(Most),
    ];

    private static string TitleOf(Chunk chunk)
    {
        var title = string.IsNullOrWhiteSpace(chunk.Title) ? chunk.Url : chunk.Title;
        return chunk.HeadingPath is [.., var heading] && !title.Contains(heading, StringComparison.OrdinalIgnoreCase) ? $"{title} – {heading}" : title;
    }

    private static string UrlOf(Chunk chunk)
    {
        var address = chunk.Url.Split('#')[0];
        if (chunk.Page > 0) return string.Create(CultureInfo.InvariantCulture, $"{address}#page={chunk.Page}");
        return string.IsNullOrEmpty(chunk.Anchor) ? address : $"{address}#{Uri.EscapeDataString(chunk.Anchor)}";
    }
}
