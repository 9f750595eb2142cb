namespace Chatbot.Backends.Embedded.Index;

/// <summary>What lives in a segment, counted. Whoever changes it has it alone.</summary>
internal sealed class LiveTotals
{
    private readonly Dictionary<ushort, int> _languages = [];

    /// <summary>Documents that have chunks.</summary>
    public int Documents { get; private set; }

    public int Chunks { get; private set; }

    /// <summary>In the texts of the chunks.</summary>
    public long Words { get; private set; }

    /// <summary>Documents by the packed code of their language.</summary>
    public IReadOnlyDictionary<ushort, int> Languages => _languages;

    public static LiveTotals Of(IndexSegment segment, LiveDocuments live)
    {
        var totals = new LiveTotals();
        for (var document = 0; document < live.Count; document++)
        {
            if (live[document]) totals.Count(segment, document, 1);
        }

        return totals;
    }

    public LiveTotals Clone()
    {
        var clone = new LiveTotals { Documents = Documents, Chunks = Chunks, Words = Words };
        foreach (var (language, documents) in _languages) clone._languages[language] = documents;
        return clone;
    }

    public void Remove(IndexSegment segment, int document) => Count(segment, document, -1);

    private void Count(IndexSegment segment, int document, int by)
    {
        var (first, end) = (segment.FirstChunks[document], segment.FirstChunks[document + 1]);
        if (first == end) return;
        Documents += by;
        Chunks += by * (end - first);
        foreach (var length in segment.BodyLengths[first..end]) Words += by * length;
        // A document's chunks hardly differ in language: its first one stands for it.
        var code = segment.Languages[first];
        _languages[code] = _languages.GetValueOrDefault(code) + by;
    }
}
