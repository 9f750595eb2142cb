namespace Chatbot.Backends.Embedded.Index;

/// <summary>Walks the chunks that hold a term in rising order, skipping blocks without reading them. Not safe for concurrent use.</summary>
internal sealed class PostingCursor(IndexSegment segment, int term)
{
    /// <summary>Behind the last posting.</summary>
    public const int End = int.MaxValue;

    private readonly int _frequency = segment.Frequency(term);
    private readonly int[] _chunks = new int[Math.Min(PostingBlocks.Size, segment.Frequency(term))];
    private readonly byte[] _counts = new byte[Math.Min(PostingBlocks.Size, segment.Frequency(term))];
    private int _block = -1;
    private int _length;
    private int _at;

    /// <summary>Where it stands; <see cref="End"/> behind the last one. Before the first move or seek: -1.</summary>
    public int Chunk { get; private set; } = -1;

    public TermCounts Counts => new(_counts[_at]);

    /// <summary>Moves to the next chunk.</summary>
    /// <returns>It, or <see cref="End"/>.</returns>
    public int Next()
    {
        if (Chunk == End) return End;
        if (Chunk >= 0) _at++;
        if (_at >= _length && !Load(_block + 1)) return Chunk = End;
        return Chunk = _chunks[_at];
    }

    /// <summary>Moves to the first chunk that is not below <paramref name="target"/>; stays where that is so already.</summary>
    /// <returns>It, or <see cref="End"/>.</returns>
    public int Seek(int target)
    {
        if (Chunk >= target) return Chunk;
        if ((_length == 0 || _chunks[_length - 1] < target) && !LoadFor(target)) return Chunk = End;
        var rest = _chunks.AsSpan(_at, _length - _at);
        var found = rest.BinarySearch(target);
        _at += found < 0 ? ~found : found;
        return Chunk = _chunks[_at];
    }

    // The block that has the target: mostly near, so steps that double, then halves.
    private bool LoadFor(int target)
    {
        var blocks = segment.Blocks(term);
        if (blocks.Count <= 1) return _block < 0 && Load(0) && _chunks[_length - 1] >= target;
        int low = _block + 1, step = 1;
        while (low + step < blocks.Count && blocks[low + step - 1].Last < target) (low, step) = (low + step, step * 2);
        var high = Math.Min(low + step, blocks.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (blocks[middle].Last < target) low = middle + 1;
            else high = middle;
        }

        return Load(low);
    }

    private bool Load(int block)
    {
        var blocks = segment.Blocks(term);
        if (block >= blocks.Count) return false;
        var (at, chunk) = block == 0 ? (0, -1) : (blocks[block - 1].End, blocks[block - 1].Last);
        (_block, _at, _length) = (block, 0, Math.Min(PostingBlocks.Size, _frequency - (block * PostingBlocks.Size)));
        var data = blocks.Data;
        for (var i = 0; i < _length; i++)
        {
            _chunks[i] = chunk += (int)Varint.Read(data, ref at);
            _counts[i] = data[at++];
        }

        return true;
    }
}
