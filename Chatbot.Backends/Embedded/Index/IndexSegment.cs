using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// An immutable piece of the index: inverted lists over the chunks of some documents. In memory or mapped from a file.
/// Chunks are numbered from 0 within the segment, those of a document next to each other. Safe for concurrent use.
/// </summary>
internal sealed class IndexSegment
{
    private readonly ReadOnlyMemory<byte> _memory;

    // Keeps a mapping alive as long as the segment is used.
    private readonly MappedMemory? _owner;
    private readonly SegmentHead _head;
    private volatile Dictionary<Guid, int>? _documents;

    /// <exception cref="InvalidDataException">The bytes are no segment of this format.</exception>
    public IndexSegment(ReadOnlyMemory<byte> bytes, SegmentVectors vectors, MappedMemory? owner = null, string? path = null)
    {
        (_memory, Vectors, _owner, Path) = (bytes, vectors, owner, path);
        if (bytes.Length < Unsafe.SizeOf<SegmentHead>()) throw new InvalidDataException($"Segment {path} is too short.");
        _head = MemoryMarshal.Read<SegmentHead>(bytes.Span);
        if (_head.Magic != SegmentHead.RightMagic || _head.Format != SegmentHead.CurrentFormat || _head.Length != bytes.Length)
        {
            throw new InvalidDataException($"Segment {path} is damaged or of another format.");
        }

        GC.KeepAlive(_owner);
    }

    /// <summary>How many chunks a segment of these bytes has, whether they are sound or not; 0 when there is not even a head.</summary>
    public static int ChunksOf(ReadOnlyMemory<byte> bytes) =>
        bytes.Length < Unsafe.SizeOf<SegmentHead>() ? 0 : Math.Max(0, MemoryMarshal.Read<SegmentHead>(bytes.Span).Chunks);

    /// <summary>The file it is mapped from; null when it lives in memory only.</summary>
    public string? Path { get; }

    /// <summary>Whether its files have all that is mapped of them.</summary>
    public bool IsWhole => _owner is not { IsWhole: false } && Vectors.IsWhole;

    public int Documents => _head.Documents;

    public int Chunks => _head.Chunks;

    public int Terms => _head.Terms;

    /// <summary>Of its chunks, as far as they are there.</summary>
    public SegmentVectors Vectors { get; }

    public ReadOnlySpan<Guid> DocumentIds => Section<Guid>(_head.DocumentIds, _head.Documents);

    public ReadOnlySpan<long> Versions => Section<long>(_head.Versions, _head.Documents);

    /// <summary>Where each document's chunks start; one more entry than documents.</summary>
    public ReadOnlySpan<int> FirstChunks => Section<int>(_head.FirstChunks, _head.Documents + 1);

    public ReadOnlySpan<ushort> BodyLengths => Section<ushort>(_head.BodyLengths, _head.Chunks);

    public ReadOnlySpan<ushort> Languages => Section<ushort>(_head.Languages, _head.Chunks);

    public ReadOnlySpan<byte> Term(int term)
    {
        var starts = TermStarts;
        return _memory.Span.Slice(_head.TermBytes + starts[term], starts[term + 1] - starts[term]);
    }

    /// <summary>The term's number, or the complement of where it would stand, as in a binary search.</summary>
    public int FindTerm(ReadOnlySpan<byte> term)
    {
        int low = 0, high = _head.Terms - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Term(middle).SequenceCompareTo(term);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>The number of the first term that is not below these bytes.</summary>
    public int LowerBound(ReadOnlySpan<byte> bytes)
    {
        var at = FindTerm(bytes);
        return at < 0 ? ~at : at;
    }

    /// <summary>The number of the first term that begins neither with these bytes nor stands before them, looked for from a term that does.</summary>
    public int UpperBound(ReadOnlySpan<byte> prefix, int from)
    {
        // It is near more often than not: steps that double, then halves.
        int low = from, step = 1;
        while (low + step < _head.Terms && IsWithin(low + step, prefix)) (low, step) = (low + step, step * 2);
        var high = Math.Min(low + step, _head.Terms);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsWithin(middle, prefix)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>How many chunks hold the term, deleted ones too; how often a word of the <see cref="WordList"/> was met.</summary>
    public int Frequency(int term) => Section<int>(_head.Frequencies, _head.Terms)[term];

    /// <summary>The highest <see cref="Bm25.Weigh"/> of a chunk that holds the term, at <see cref="AverageBodyLength"/>.</summary>
    public float HighestWeight(int term) => Section<float>(_head.HighestWeights, _head.Terms)[term];

    /// <summary>Words in a chunk's text on average, when the segment was written; at least 1.</summary>
    public float AverageBodyLength => _head.AverageBodyLength;

    public PostingReader Postings(int term) => new(Blocks(term).Data);

    /// <summary>The postings of a term that is none of the <see cref="WordList"/>.</summary>
    public PostingBlocks Blocks(int term)
    {
        var starts = Section<int>(_head.PostingStarts, _head.Terms + 1);
        var bytes = _memory.Span.Slice(_head.Postings + starts[term], starts[term + 1] - starts[term]);
        return new PostingBlocks(bytes, bytes.IsEmpty ? 0 : Frequency(term));
    }

    /// <summary>The number of a document; -1 when it is not in here.</summary>
    public int FindDocument(Guid id) => (_documents ?? ListDocuments()).TryGetValue(id, out var document) ? document : -1;

    /// <summary>The number of the document that holds a chunk.</summary>
    public int DocumentOf(int chunk)
    {
        var first = FirstChunks;
        int low = 0, high = _head.Documents - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (first[middle] <= chunk) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    // Several threads may make it at once: all make the same.
    private Dictionary<Guid, int> ListDocuments()
    {
        var ids = DocumentIds;
        var documents = new Dictionary<Guid, int>(ids.Length);
        for (var document = 0; document < ids.Length; document++) documents[ids[document]] = document;
        GC.KeepAlive(_owner);
        return _documents = documents;
    }

    // Not above the prefix, whatever follows it.
    private bool IsWithin(int term, ReadOnlySpan<byte> prefix)
    {
        var bytes = Term(term);
        return bytes.StartsWith(prefix) || bytes.SequenceCompareTo(prefix) < 0;
    }

    private ReadOnlySpan<int> TermStarts => Section<int>(_head.TermStarts, _head.Terms + 1);

    private ReadOnlySpan<T> Section<T>(int at, int count) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(_memory.Span[at..])[..count];
}
