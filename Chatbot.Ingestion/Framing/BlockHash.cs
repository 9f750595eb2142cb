using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Framing;

/// <summary>Names blocks by what a reader sees of them. The same in every process and version of the platform.</summary>
internal static class BlockHash
{
    // Longer text is not what frames are made of.
    private const int Longest = 600;

    // From each end of a page: frames are at the edges, and a page may have thousands of blocks.
    private const int FromEachEnd = 64;

    /// <returns>0 for a block that is no part of a frame, whatever else has it: code, long text, nothing.</returns>
    public static ulong Of(Block block)
    {
        if (block.Kind == BlockKind.Code || block.Text.Length > Longest) return 0;
        // FNV-1a over the letters and digits, with a last mixing: hash functions of the platform differ from run to run.
        var hash = block.Kind == BlockKind.Heading ? 0x9E3779B97F4A7C15UL : 0xCBF29CE484222325UL;
        var any = false;
        foreach (var letter in block.Text)
        {
            if (!char.IsLetterOrDigit(letter)) continue;
            any = true;
            hash = (hash ^ char.ToLowerInvariant(letter)) * 0x100000001B3UL;
        }

        return any ? Mix(hash) | 1 : 0;
    }

    /// <summary>The hashes of a page's blocks, distinct, in ascending order.</summary>
    public static ulong[] OfPage(IReadOnlyList<Block> blocks)
    {
        var hashes = new SortedSet<ulong>();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i >= FromEachEnd && i < blocks.Count - FromEachEnd) continue;
            if (Of(blocks[i]) is not 0 and var hash) hashes.Add(hash);
        }

        return [.. hashes];
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
