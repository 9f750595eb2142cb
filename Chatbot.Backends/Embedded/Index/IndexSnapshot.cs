namespace Chatbot.Backends.Embedded.Index;

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
        foreach (var totals in views.Select(v => v.Totals))
        {
            documents += totals.Documents;
            chunks += totals.Chunks;
            words += totals.Words;
            foreach (var (code, count) in totals.Languages) languages[code] = languages.GetValueOrDefault(code) + count;
        }

        var names = languages.Where(l => l.Value > 0).OrderByDescending(l => l.Value).ThenBy(l => l.Key).Select(l => LanguageCode.Unpack(l.Key)).OfType<string>().ToList();
        return new IndexSnapshot(views, generation, documents, chunks, chunks == 0 ? 1 : Math.Max(1, (double)words / chunks), names);
    }

    /// <summary>Whether its files have all that is mapped of them. A look at each takes a microsecond.</summary>
    public bool IsWhole
    {
        get
        {
            foreach (var view in Views)
                if (!view.Segment.IsWhole) return false;
            return true;
        }
    }

    /// <summary>How many living chunks have a vector.</summary>
    public int CountVectors()
    {
        var count = 0;
        foreach (var (segment, live) in Views)
        {
            for (var document = 0; document < live.Count; document++)
            {
                if (live[document]) count += segment.Vectors.Count(segment.FirstChunks[document], segment.FirstChunks[document + 1]);
            }
        }

        return count;
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
