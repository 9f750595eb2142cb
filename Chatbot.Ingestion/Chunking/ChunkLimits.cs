using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Chunking;

/// <summary>The lengths that hold for one document.</summary>
internal readonly record struct ChunkLimits(int Target, int Max)
{
    // More tells no more.
    private const int Looked = 4_000;

    public static ChunkLimits For(Extraction extraction, ChunkingOptions options) => IsDense(extraction.Blocks)
        ? new(options.DenseTargetLength, options.DenseMaxLength)
        : new(options.TargetLength, options.MaxLength);

    // The text decides, not the declared language: half the pages that say "zh" are English.
    private static bool IsDense(IReadOnlyList<Block> blocks)
    {
        int dense = 0, letters = 0;
        foreach (var block in blocks)
        {
            foreach (var c in block.Text.AsSpan(0, Math.Min(block.Text.Length, Looked)))
            {
                if (!char.IsLetter(c)) continue;
                letters++;
                if (c is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\uF900' and <= '\uFAFF') dense++;
            }

            if (letters > Looked) break;
        }

        return dense * 3 > letters;
    }
}
