using System.Globalization;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Ingestion.Chunking;

/// <summary>
/// Cuts documents along their structure: blocks stay whole, short neighbouring sections share a chunk,
/// the headings above a chunk are kept beside it. The same document gives the same chunks. Thread-safe.
/// </summary>
public static class Chunker
{
    /// <summary>Changes whenever <see cref="Cut"/> may give other chunks for the same extraction and options.</summary>
    public const string ChunkerVersion = "chunks/3";

    /// <returns>In document order; empty when the document has no text. No text is longer than the maximum of the options.</returns>
    public static IReadOnlyList<Chunk> Cut(ChunkSource source, Extraction extraction, ChunkingOptions options)
    {
        var limits = ChunkLimits.For(extraction, options);
        var drafts = new DraftBuilder(limits, new(limits, source.Language)).Build(Section.Split(extraction));
        var chunks = new List<Chunk>(drafts.Count);
        foreach (var draft in drafts) chunks.Add(Finish(source, draft, chunks.Count));
        return chunks;
    }

    private static Chunk Finish(ChunkSource source, ChunkDraft draft, int ordinal)
    {
        var (text, path, links) = draft.Write();
        var place = draft.Parts[0].Place;
        return new()
        {
            Id = Ids.Derive(source.DocumentId, ordinal.ToString(CultureInfo.InvariantCulture), string.Join('\n', path), text),
            DocumentId = source.DocumentId,
            Version = source.Version,
            Ordinal = ordinal,
            Text = text,
            HeadingPath = path,
            Url = source.Url,
            Title = source.Title,
            Language = LanguageDetector.DetectPassage(text, source.Language),
            Page = place.Page,
            Anchor = place.Anchor,
            Links = links,
        };
    }
}
