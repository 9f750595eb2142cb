using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Citing;

/// <summary>Numbers the passages of one answer in the order they are first cited. Not safe for concurrent use.</summary>
internal sealed class CitationBook
{
    private readonly Dictionary<string, Citation> byChunk = new(StringComparer.Ordinal);

    /// <returns>In the order of their numbers.</returns>
    public IReadOnlyList<Citation> Citations => [.. byChunk.Values.OrderBy(citation => citation.Number)];

    /// <summary>The number of a chunk; a new one lands on <paramref name="words"/>.</summary>
    public int Cite(Chunk chunk, string words)
    {
        if (!byChunk.TryGetValue(chunk.Id, out var citation))
            byChunk[chunk.Id] = citation = Make(byChunk.Count + 1, chunk, words);
        return citation.Number;
    }

    public static Citation Make(int number, Chunk chunk, string words) => new(
        number,
        TextFragment.Of(chunk.Url, chunk.Page, chunk.Anchor, words),
        string.IsNullOrWhiteSpace(chunk.Title) ? chunk.Url : chunk.Title,
        chunk.Text,
        chunk.DocumentId,
        chunk.Id);
}
