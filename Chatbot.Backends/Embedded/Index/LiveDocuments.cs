using System.Numerics;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Which documents of a segment searches find, a bit each. Whoever changes it has it alone; once a snapshot has it, it is copied before a change.</summary>
internal sealed class LiveDocuments
{
    private readonly ulong[] _bits;

    private LiveDocuments(int count, ulong[] bits) => (Count, _bits) = (count, bits);

    /// <summary>Documents of the segment, found or not.</summary>
    public int Count { get; }

    public bool this[int document] => ((_bits[document >> 6] >> (document & 63)) & 1) != 0;

    public static LiveDocuments All(int count)
    {
        var bits = new ulong[(count + 63) / 64];
        Array.Fill(bits, ulong.MaxValue);
        return new LiveDocuments(count, bits);
    }

    public LiveDocuments Clone() => new(Count, (ulong[])_bits.Clone());

    public void Bury(int document) => _bits[document >> 6] &= ~(1UL << (document & 63));

    /// <summary>The documents that are found no more, but were in an earlier state of the same segment.</summary>
    public IEnumerable<int> BuriedSince(LiveDocuments earlier)
    {
        for (var group = 0; group < _bits.Length; group++)
        {
            for (var gone = earlier._bits[group] & ~_bits[group]; gone != 0; gone &= gone - 1) yield return (group * 64) + BitOperations.TrailingZeroCount(gone);
        }
    }
}
