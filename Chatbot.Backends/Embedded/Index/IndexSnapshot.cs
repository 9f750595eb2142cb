namespace Chatbot.Backends.Embedded.Index;

/// <summary>A segment with what of it is still alive.</summary>
/// <param name="Live">For each document, whether searches find it.</param>
internal sealed record SegmentView(IndexSegment Segment, bool[] Live);

/// <summary>What a search sees: an unchanging state of one knowledge base's index.</summary>
/// <param name="Views">Oldest first.</param>
/// <param name="Generation">The last change it holds.</param>
/// <param name="AverageBodyLength">Words in a chunk's text on average; at least 1.</param>
/// <param name="Languages">What its chunks are written in, the most frequent first.</param>
internal sealed record IndexSnapshot(
    IReadOnlyList<SegmentView> Views, long Generation, int Documents, int Chunks, double AverageBodyLength, IReadOnlyList<string> Languages)
{
    public static readonly IndexSnapshot Empty = new([], 0, 0, 0, 1, []);

    public static IndexSnapshot Of(IReadOnlyList<SegmentView> views, long generation)
    {
        int documents = 0, chunks = 0;
        long words = 0;
        var languages = new Dictionary<ushort, int>();
        foreach (var (segment, live) in views)
        {
            var first = segment.FirstChunks;
            var lengths = segment.BodyLengths;
            var codes = segment.Languages;
            for (var document = 0; document < segment.Documents; document++)
            {
                if (!live[document] || first[document] == first[document + 1]) continue;
                documents++;
                chunks += first[document + 1] - first[document];
                for (var chunk = first[document]; chunk < first[document + 1]; chunk++) words += lengths[chunk];
                // A document's chunks hardly differ in language: its first one stands for it.
                var code = codes[first[document]];
                languages[code] = languages.GetValueOrDefault(code) + 1;
            }
        }

        var names = languages.OrderByDescending(l => l.Value).ThenBy(l => l.Key).Select(l => LanguageCode.Unpack(l.Key)).OfType<string>().ToList();
        return new IndexSnapshot(views, generation, documents, chunks, chunks == 0 ? 1 : Math.Max(1, (double)words / chunks), names);
    }

    /// <summary>Where a chunk stands; null when this state has another version of the document, or none.</summary>
    public (int View, int Document, int Chunk)? Find(Guid document, long version, int ordinal)
    {
        for (var view = Views.Count - 1; view >= 0; view--)
        {
            var (segment, live) = Views[view];
            var number = segment.FindDocument(document);
            if (number < 0 || !live[number]) continue;
            var chunk = segment.FirstChunks[number] + ordinal;
            return segment.Versions[number] == version && chunk < segment.FirstChunks[number + 1] ? (view, number, chunk) : null;
        }

        return null;
    }

    /// <summary>What a chunk is stored under.</summary>
    public (Guid Document, long Version, int Ordinal) KeyOf(ScoredPlace place)
    {
        var segment = Views[place.View].Segment;
        return (segment.DocumentIds[place.Document], segment.Versions[place.Document], place.Chunk - segment.FirstChunks[place.Document]);
    }

    /// <summary>How many chunks hold the term; deleted ones count until their segment is merged.</summary>
    public int Frequency(ReadOnlySpan<byte> term)
    {
        var sum = 0;
        foreach (var (segment, _) in Views)
        {
            var number = segment.FindTerm(term);
            if (number >= 0) sum += segment.Frequency(number);
        }

        return Math.Min(sum, Chunks);
    }
}
