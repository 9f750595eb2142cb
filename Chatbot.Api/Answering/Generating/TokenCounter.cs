using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// Counts tokens as OpenAI's models do (the byte pair encoding o200k_base), for providers that do not say how many there were
/// and for what fits into a prompt. Other models' tokens are of much the same size. The vocabulary (some 4 MB in memory, where
/// the usual dictionaries take 40) is read when it is first needed. Safe for concurrent use.
/// </summary>
internal sealed partial class TokenCounter
{
    private const string Data = "Microsoft.ML.Tokenizers.Data.O200kBase";

    // A piece is a word with the blank before it. What is longer is no language, and merging takes the square of it.
    private const int LongestPiece = 1_024;

    private static readonly Lazy<TokenCounter> Shared = new(Read);

    private readonly byte[] bytes;
    private readonly int[] starts;
    private readonly int[] slots;

    private TokenCounter(byte[] bytes, int[] starts)
    {
        (this.bytes, this.starts) = (bytes, starts);
        // Open addressing, less than half full.
        slots = new int[1 << 19];
        for (var rank = 0; rank < starts.Length - 1; rank++)
        {
            var slot = SlotOf(TokenAt(rank));
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = rank + 1;
        }
    }

    public static int Of(string text) => Shared.Value.Count(text);

    private int Count(string text)
    {
        var count = 0;
        var piece = ArrayPool<byte>.Shared.Rent(LongestPiece * 3);
        foreach (var match in Pieces.EnumerateMatches(text))
        {
            for (var (place, left) = (match.Index, match.Length); left > 0;)
            {
                var length = Math.Min(left, LongestPiece);
                count += CountPiece(piece.AsSpan(0, Encoding.UTF8.GetBytes(text.AsSpan(place, length), piece)));
                (place, left) = (place + length, left - length);
            }
        }

        ArrayPool<byte>.Shared.Return(piece);
        return count;
    }

    // The pair that is the commonest token is joined first, until no pair is one.
    private int CountPiece(ReadOnlySpan<byte> piece)
    {
        if (piece.Length < 2 || RankOf(piece) >= 0) return 1;
        var ends = ArrayPool<int>.Shared.Rent(piece.Length + 1);
        var ranks = ArrayPool<int>.Shared.Rent(piece.Length + 1);
        var parts = piece.Length;
        for (var i = 0; i <= parts; i++) ends[i] = i;
        for (var i = 0; i < parts - 1; i++) ranks[i] = RankOf(piece[i..(i + 2)]);
        while (parts > 1)
        {
            var best = -1;
            for (var i = 0; i < parts - 1; i++)
            {
                if (ranks[i] >= 0 && (best < 0 || ranks[i] < ranks[best])) best = i;
            }

            if (best < 0) break;
            parts--;
            Array.Copy(ends, best + 2, ends, best + 1, parts - best);
            Array.Copy(ranks, best + 1, ranks, best, Math.Max(0, parts - 1 - best));
            if (best < parts - 1) ranks[best] = RankOf(piece[ends[best]..ends[best + 2]]);
            if (best > 0) ranks[best - 1] = RankOf(piece[ends[best - 1]..ends[best + 1]]);
        }

        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<int>.Shared.Return(ranks);
        return parts;
    }

    private int RankOf(ReadOnlySpan<byte> token)
    {
        for (var slot = SlotOf(token); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if (TokenAt(slots[slot] - 1).SequenceEqual(token)) return slots[slot] - 1;
        }

        return -1;
    }

    private ReadOnlySpan<byte> TokenAt(int rank) => bytes.AsSpan(starts[rank]..starts[rank + 1]);

    // FNV-1a (isthe.com/chongo/tech/comp/fnv), folded to the size of the table.
    private int SlotOf(ReadOnlySpan<byte> token)
    {
        var hash = 2_166_136_261u;
        foreach (var one in token) hash = (hash ^ one) * 16_777_619u;
        return (int)((hash ^ (hash >> 15)) & (uint)(slots.Length - 1));
    }

    private static TokenCounter Read()
    {
        var assembly = Assembly.Load(Data);
        using var packed = assembly.GetManifestResourceStream("o200k_base.tiktoken.deflate") ?? throw new InvalidOperationException($"{Data} lacks its vocabulary.");
        using var lines = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress), Encoding.ASCII);
        var (all, starts) = (new MemoryStream(1_500_000), new List<int>(200_000) { 0 });
        var token = new byte[256];
        while (lines.ReadLine() is { } line)
        {
            // The first line says how many there are; a line's place is its token's rank.
            if (line.StartsWith("Capacity", StringComparison.Ordinal)) continue;
            Base64.DecodeFromUtf8(Encoding.ASCII.GetBytes(line), token, out _, out var length);
            all.Write(token, 0, length);
            starts.Add((int)all.Length);
        }

        return new TokenCounter(all.ToArray(), [.. starts]);
    }

    // As in github.com/openai/tiktoken, tiktoken_ext/openai_public.py, o200k_base.
    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pieces { get; }
}
