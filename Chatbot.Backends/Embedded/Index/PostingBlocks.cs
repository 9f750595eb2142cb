using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The postings of a term: runs of (varint distance to the chunk before, <see cref="TermCounts"/>). Above
/// <see cref="Size"/> postings they have a table before them, an entry for each block of so many, by which a reader skips.
/// </summary>
internal readonly ref struct PostingBlocks
{
    /// <summary>Postings in a block, but the last one.</summary>
    public const int Size = 128;

    private readonly ReadOnlySpan<byte> _table;

    /// <param name="frequency">How many postings there are.</param>
    public PostingBlocks(ReadOnlySpan<byte> bytes, int frequency)
    {
        Count = (frequency + Size - 1) / Size;
        var table = Count > 1 ? Count * Unsafe.SizeOf<PostingBlock>() : 0;
        _table = bytes[..table];
        Data = bytes[table..];
    }

    public int Count { get; }

    /// <summary>All runs, one after the other.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <param name="block">0 or more; there must be more than one.</param>
    public PostingBlock this[int block] => MemoryMarshal.Read<PostingBlock>(_table[(block * Unsafe.SizeOf<PostingBlock>())..]);
}

/// <param name="Last">The last chunk of the block.</param>
/// <param name="End">Where its run ends.</param>
internal readonly record struct PostingBlock(int Last, int End);
