using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Citing;

/// <summary>Numbers the passages of one answer in the order they are first cited. Not safe for concurrent use.</summary>
internal sealed class CitationBook
{
    private readonly Dictionary<string, Citation> byChunk = new(StringComparer.Ordinal);

    /// <returns>In the order of their numbers.</returns>
    public IReadOnlyList<Citation> Citations => [.. byChunk.Values.OrderBy(citation => citation.Number)];

    /// <summary>The number of a passage's chunk; a new one lands on the quoted words.</summary>
    public int Cite(Passage passage, string quoted)
    {
        var chunk = passage.Chunk;
        var citation = byChunk.TryGetValue(chunk.Id, out var known) ? known : Make(byChunk.Count + 1, chunk, quoted);
        if (CitedLinks.InQuote(passage, quoted) is { Count: > 0 } links)
            citation = citation with { Links = [.. (citation.Links ?? []).Concat(links).DistinctBy(link => link.Text, StringComparer.Ordinal)] };
        byChunk[chunk.Id] = citation;
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
