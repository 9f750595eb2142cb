using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// The 250,000 pieces of words with their scores (log probabilities) and a hash table over them. 6.7 MB; read-only
/// and safe for concurrent use.
/// </summary>
/// <remarks>The file also lists the pieces in the order of their bytes, for binary search without a table. That costs
/// about a hundred scattered reads for each position of a word, this here about ten.</remarks>
internal sealed class PieceTable
{
    public const int Unknown = 3;

    private const int FirstText = 4;
    private const int IdBits = 18;
    private const uint IdMask = (1u << IdBits) - 1;

    private readonly byte[] _bytes;
    private readonly uint[] _offsets;
    private readonly float[] _scores;
    // Each slot: 14 bits of the hash, 18 bits of the id; 0 is free. Linear probing, half full.
    private readonly uint[] _slots;
    private readonly int _shift;
    private readonly byte[] _longest = new byte[1 << 16];

    public PieceTable(byte[] bytes, uint[] offsets, float[] scores)
    {
        if (scores.Length is <= FirstText or > (int)IdMask || offsets.Length != scores.Length + 1 || offsets[^1] != bytes.Length)
            throw new FormatException("the piece table of its tokenizer is damaged");
        (_bytes, _offsets, _scores) = (bytes, offsets, scores);
        var bits = 32 - int.LeadingZeroCount(scores.Length * 2 - 1);
        _slots = new uint[1 << bits];
        _shift = 32 - bits;
        UnknownScore = (double)TensorPrimitives.Min<float>(scores) - 10;
        Fill();
    }

    /// <summary>Score of a code point that no piece covers.</summary>
    public double UnknownScore { get; }

    /// <summary>Code points of the longest piece.</summary>
    public int MaxLength { get; private set; }

    public static PieceTable Load(SafetensorsFile file)
    {
        var scores = file.ReadAll<float>(file.FindVector("tokenizer.piece_scores", "F32"));
        var offsets = file.ReadAll<uint>(file.Find("tokenizer.piece_offsets", "U32", scores.Length + 1));
        var bytes = file.ReadAll<byte>(file.FindVector("tokenizer.piece_bytes", "U8"));
        try
        {
            return new PieceTable(bytes, offsets, scores);
        }
        catch (FormatException error)
        {
            throw new ModelFileException(file.Path, error.Message, error);
        }
    }

    public static uint Hash(uint hash, uint codePoint) => uint.RotateLeft((hash ^ codePoint) * 0x9E3779B1u, 15) * 0x85EBCA77u;

    /// <summary>Bound of the code points of pieces that begin with this one.</summary>
    public int LongestFrom(uint first) => _longest[first & 0xFFFF];

    public float Score(int id) => _scores[id];

    /// <summary>Finds the piece of exactly these bytes.</summary>
    /// <param name="hash"><see cref="Hash"/> of its code points one after the other, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(uint hash, ReadOnlySpan<byte> utf8, out int id)
    {
        var slots = _slots;
        for (var slot = (int)(hash >> _shift); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var entry = slots[slot];
            id = (int)(entry & IdMask);
            if (entry == 0)
                return false;
            if (entry >> IdBits == (hash & (uint.MaxValue >> IdBits)) && Bytes(id).SequenceEqual(utf8))
                return true;
        }
    }

    private ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan((int)_offsets[id], (int)(_offsets[id + 1] - _offsets[id]));

    // Ids 0 to 3 and the last are signs for the model and never match text.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill()
    {
        for (var id = FirstText; id < _scores.Length - 1; id++)
        {
            if (_offsets[id] > _offsets[id + 1] || _offsets[id + 1] > _bytes.Length)
                throw new FormatException("the piece table of its tokenizer is damaged");
            var (hash, first, length) = (0u, 0u, 0);
            for (var rest = Bytes(id); !rest.IsEmpty; length++)
            {
                Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
                first = length == 0 ? (uint)rune.Value : first;
                hash = Hash(hash, (uint)rune.Value);
                rest = rest[consumed..];
            }

            MaxLength = Math.Max(MaxLength, length);
            ref var longest = ref _longest[first & 0xFFFF];
            longest = (byte)Math.Max(longest, Math.Min(length, byte.MaxValue));
            var slot = (int)(hash >> _shift);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = (hash & (uint.MaxValue >> IdBits)) << IdBits | (uint)id;
        }
    }
}
