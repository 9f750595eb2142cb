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
    private readonly ByteBuffer _termBytes = new(4096);
    private readonly ByteBuffer _postings = new(16384);
    private int _lastChunk;

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
        _termStarts.Add(_termBytes.Length);
        _termBytes.Write(term);
        _postingStarts.Add(_postings.Length);
        _frequencies.Add(0);
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
        _postings.WriteVarint((uint)(chunk - _lastChunk));
        _postings.WriteByte(counts.Packed);
        _lastChunk = chunk;
        CollectionsMarshal.AsSpan(_frequencies)[^1]++;
    }

    public byte[] ToBytes()
    {
        var head = new SegmentHead
        {
            Magic = SegmentHead.RightMagic,
            Format = SegmentHead.CurrentFormat,
            Documents = _documentIds.Count,
            Chunks = Chunks,
            Terms = _termStarts.Count,
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
