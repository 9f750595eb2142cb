using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Puts a segment together: first documents with their chunks in order, then terms in the order of their bytes,
/// each with its postings by rising chunk. Not safe for concurrent use.
/// </summary>
internal sealed class SegmentWriter
{
    private readonly List<Guid> _documentIds = [];
    private readonly List<long> _versions = [];
    private readonly List<int> _firstChunks = [];
    private readonly List<ushort> _bodyLengths = [];
    private readonly List<ushort> _languages = [];
    private readonly List<int> _termStarts = [];
    private readonly List<int> _frequencies = [];
    private readonly List<int> _postingStarts = [];
    private readonly List<float> _highestWeights = [];
    private readonly ByteBuffer _termBytes = new(4096);
    private readonly ByteBuffer _postings = new(16384);

    // Of the term that is being written: its table comes before its data, and is known after them.
    private readonly ByteBuffer _data = new(4096);
    private readonly List<PostingBlock> _blocks = [];
    private int _lastChunk;
    private float _averageLength;

    public int Chunks => _bodyLengths.Count;

    public void BeginDocument(Guid id, long version)
    {
        _documentIds.Add(id);
        _versions.Add(version);
        _firstChunks.Add(Chunks);
    }

    public void AddChunk(int bodyLength, ushort language)
    {
        _bodyLengths.Add((ushort)Math.Min(bodyLength, ushort.MaxValue));
        _languages.Add(language);
    }

    public void BeginTerm(ReadOnlySpan<byte> term)
    {
        EndTerm();
        _termStarts.Add(_termBytes.Length);
        _termBytes.Write(term);
        _postingStarts.Add(_postings.Length);
        _frequencies.Add(0);
        _highestWeights.Add(0);
        _lastChunk = -1;
    }

    /// <summary>A word of the <see cref="WordList"/>: it has no postings.</summary>
    public void AddWord(ReadOnlySpan<byte> word, int frequency)
    {
        BeginTerm(word);
        _frequencies[^1] = frequency;
    }

    public void AddPosting(int chunk, TermCounts counts)
    {
        _data.WriteVarint((uint)(chunk - _lastChunk));
        _data.WriteByte(counts.Packed);
        _lastChunk = chunk;
        if (++CollectionsMarshal.AsSpan(_frequencies)[^1] % PostingBlocks.Size == 0) _blocks.Add(new PostingBlock(chunk, _data.Length));
        ref var highest = ref CollectionsMarshal.AsSpan(_highestWeights)[^1];
        highest = Math.Max(highest, Bm25.Weigh(counts, Bm25.LengthNorm(_bodyLengths[chunk], AverageLength())));
    }

    private float AverageLength()
    {
        if (_averageLength > 0) return _averageLength;
        long words = 0;
        foreach (var length in _bodyLengths) words += length;
        return _averageLength = Math.Max(1, (float)words / Math.Max(1, Chunks));
    }

    private void EndTerm()
    {
        if (_data.Length == 0) return;
        if (_blocks.Count == 0 || _blocks[^1].End < _data.Length) _blocks.Add(new PostingBlock(_lastChunk, _data.Length));
        if (_blocks.Count > 1) _postings.Write<PostingBlock>(CollectionsMarshal.AsSpan(_blocks));
        _postings.Write(_data.Written);
        _data.Clear();
        _blocks.Clear();
    }

    public byte[] ToBytes()
    {
        EndTerm();
        var head = new SegmentHead
        {
            Magic = SegmentHead.RightMagic,
            Format = SegmentHead.CurrentFormat,
            Documents = _documentIds.Count,
            Chunks = Chunks,
            Terms = _termStarts.Count,
            AverageBodyLength = AverageLength(),
        };
        _firstChunks.Add(Chunks);
        _termStarts.Add(_termBytes.Length);
        _postingStarts.Add(_postings.Length);

        var body = new ByteBuffer(_postings.Length + _termBytes.Length + 4096);
        body.Write(head);
        head.DocumentIds = Section(body, _documentIds);
        head.Versions = Section(body, _versions);
        head.FirstChunks = Section(body, _firstChunks);
        head.BodyLengths = Section(body, _bodyLengths);
        head.Languages = Section(body, _languages);
        head.TermStarts = Section(body, _termStarts);
        head.Frequencies = Section(body, _frequencies);
        head.PostingStarts = Section(body, _postingStarts);
        head.HighestWeights = Section(body, _highestWeights);
        body.Align(8);
        head.TermBytes = body.Length;
        body.Write(_termBytes.Written);
        body.Align(8);
        head.Postings = body.Length;
        body.Write(_postings.Written);
        body.Align(8);
        head.Length = body.Length;

        var bytes = body.ToArray();
        MemoryMarshal.Write(bytes, in head);
        return bytes;
    }

    private static int Section<T>(ByteBuffer body, List<T> values) where T : unmanaged
    {
        body.Align(8);
        var at = body.Length;
        body.Write<T>(CollectionsMarshal.AsSpan(values));
        return at;
    }
}
