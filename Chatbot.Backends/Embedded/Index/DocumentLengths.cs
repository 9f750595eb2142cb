namespace Chatbot.Backends.Embedded.Index;

/// <summary>How long documents are, in words, as BM25 wants it.</summary>
internal sealed class DocumentLengths(IndexSegment segment, IndexSnapshot snapshot)
{
    private readonly double _average = Math.Max(1, snapshot.AverageBodyLength * snapshot.Chunks / Math.Max(1, snapshot.Documents));

    public float Norm(int document)
    {
        var lengths = segment.BodyLengths[segment.FirstChunks[document]..segment.FirstChunks[document + 1]];
        var sum = 0;
        foreach (var length in lengths) sum += length;
        return Bm25.LengthNorm(sum, _average);
    }
}
