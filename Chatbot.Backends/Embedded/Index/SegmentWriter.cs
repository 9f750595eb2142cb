using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Puts a segment together: first documents with their chunks in order, then terms in the order of their bytes,
/// each with its postings by rising chunk. Not safe for concurrent use.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private delegate void SectionWriter(ReadOnlySpan<byte> section, int at);

    private readonly ByteBuffer _documentIds = new();
    private readonly ByteBuffer _versions = new();
    private readonly ByteBuffer _firstChunks = new();
    private readonly ByteBuffer _bodyLengths = new();
    private readonly ByteBuffer _languages = new();
    private readonly ByteBuffer _termStarts = new(4096);
    private readonly ByteBuffer _frequencies = new(4096);
    private readonly ByteBuffer _postingStarts = new(4096);
    private readonly ByteBuffer _highestWeights = new(4096);
    private readonly ByteBuffer _termBytes = new(4096);
    private readonly ByteBuffer _postings = new(16384);

    // Of the term that is being written: its table comes before its data, and is known after them.
    private readonly ByteBuffer _data = new(4096);
    private readonly ByteBuffer _blocks = new();
    private int _lastChunk;
    private float _averageLength;

    public int Chunks { get; private set; }

    public void BeginDocument(Guid id, long version)
    {
        _documentIds.Write(id);
        _versions.Write(version);
        _firstChunks.Write(Chunks);
    }

    public void AddChunk(int bodyLength, ushort language)
    {
        _bodyLengths.Write((ushort)Math.Min(bodyLength, ushort.MaxValue));
        _languages.Write(language);
        Chunks++;
    }

    public void BeginTerm(ReadOnlySpan<byte> term)
    {
        EndTerm();
        _termStarts.Write(_termBytes.Length);
        _termBytes.Write(term);
        _postingStarts.Write(_postings.Length);
        _frequencies.Write(0);
        _highestWeights.Write(0f);
        _lastChunk = -1;
    }

    /// <summary>A word of the <see cref="WordList"/>: it has no postings.</summary>
    public void AddWord(ReadOnlySpan<byte> word, int frequency)
    {
        BeginTerm(word);
        _frequencies.As<int>()[^1] = frequency;
    }

    public void AddPosting(int chunk, TermCounts counts)
    {
        _data.WriteVarint((uint)(chunk - _lastChunk));
        _data.WriteByte(counts.Packed);
        _lastChunk = chunk;
        if (++_frequencies.As<int>()[^1] % PostingBlocks.Size == 0) _blocks.Write(new PostingBlock(chunk, _data.Length));
        ref var highest = ref _highestWeights.As<float>()[^1];
        highest = Math.Max(highest, Bm25.Weigh(counts, Bm25.LengthNorm(_bodyLengths.As<ushort>()[chunk], AverageLength())));
    }

    /// <summary>The segment. Nothing is added afterwards.</summary>
    public byte[] ToBytes()
    {
        var bytes = Array.Empty<byte>();
        Write(length => bytes = new byte[length], (section, at) => section.CopyTo(bytes.AsSpan(at)));
        return bytes;
    }

    /// <summary>Writes the segment to an empty file. Nothing is added afterwards.</summary>
    public void WriteTo(SafeFileHandle file) =>
        Write(length => RandomAccess.SetLength(file, length), (section, at) => RandomAccess.Write(file, section, at));

    public void Dispose()
    {
        foreach (var buffer in (ReadOnlySpan<ByteBuffer>)[_documentIds, _versions, _firstChunks, _bodyLengths, _languages, _termStarts, _frequencies,
            _postingStarts, _highestWeights, _termBytes, _postings, _data, _blocks]) buffer.Dispose();
    }

    // What is between sections stays zero.
    private void Write(Action<int> begin, SectionWriter write)
    {
        EndTerm();
        var head = new SegmentHead
        {
            Magic = SegmentHead.RightMagic,
            Format = SegmentHead.CurrentFormat,
            Documents = _versions.Length / sizeof(long),
            Chunks = Chunks,
            Terms = _frequencies.Length / sizeof(int),
            AverageBodyLength = AverageLength(),
        };
        _firstChunks.Write(Chunks);
        _termStarts.Write(_termBytes.Length);
        _postingStarts.Write(_postings.Length);

        var sections = new List<(ByteBuffer Section, int At)>();
        var length = Unsafe.SizeOf<SegmentHead>();
        head.DocumentIds = Place(_documentIds);
        head.Versions = Place(_versions);
        head.FirstChunks = Place(_firstChunks);
        head.BodyLengths = Place(_bodyLengths);
        head.Languages = Place(_languages);
        head.TermStarts = Place(_termStarts);
        head.Frequencies = Place(_frequencies);
        head.PostingStarts = Place(_postingStarts);
        head.HighestWeights = Place(_highestWeights);
        head.TermBytes = Place(_termBytes);
        head.Postings = Place(_postings);
        head.Length = length = Aligned(length);

        begin(length);
        write(MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHead>(in head)), 0);
        foreach (var (section, at) in sections) write(section.Written, at);

        int Place(ByteBuffer section)
        {
            var at = Aligned(length);
            sections.Add((section, at));
            length = checked(at + section.Length);
            return at;
        }

        static int Aligned(int at) => checked(at + 7) / 8 * 8;
    }

    private float AverageLength()
    {
        if (_averageLength > 0) return _averageLength;
        long words = 0;
        foreach (var length in _bodyLengths.As<ushort>()) words += length;
        return _averageLength = Math.Max(1, (float)words / Math.Max(1, Chunks));
    }

    private void EndTerm()
    {
        if (_data.Length == 0) return;
        var blocks = _blocks.As<PostingBlock>();
        if (blocks.IsEmpty || blocks[^1].End < _data.Length) _blocks.Write(new PostingBlock(_lastChunk, _data.Length));
        if (_blocks.As<PostingBlock>().Length > 1) _postings.Write(_blocks.Written);
        _postings.Write(_data.Written);
        _data.Clear();
        _blocks.Clear();
    }
}
