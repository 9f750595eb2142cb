namespace Chatbot.Backends.Embedded.Index;

/// <summary>Vectors that have no file.</summary>
/// <param name="upto">Every vector with a number up to this one is here.</param>
internal sealed class MemoryVectors(int chunks, int dimensions, long upto = long.MaxValue) : SegmentVectors(chunks, dimensions)
{
    private readonly float[] _scales = new float[chunks];

    // Made with the first vector: while words come in, there is none. The last one is made first, so who sees one sees all.
    private byte[]? _high;
    private byte[]? _low;
    private byte[]? _fine;

    /// <summary>No bound where the segment has no file either: what is in it is read from the rows, with its vectors.</summary>
    public override long Upto => upto;

    public override ReadOnlySpan<float> Scales => _scales;

    public override ReadOnlySpan<byte> High(int first, int count) =>
        Volatile.Read(ref _high) is { } high ? high.AsSpan(first * RowBytes, count * RowBytes) : default;

    public override ReadOnlySpan<byte> Low(int first, int count) => _low.AsSpan(first * RowBytes, count * RowBytes);

    protected override void Store(int first, ReadOnlySpan<float> scales, ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, ReadOnlySpan<byte> fine)
    {
        _fine ??= new byte[Chunks * Dimensions];
        _low ??= new byte[Chunks * RowBytes];
        if (_high is null) Volatile.Write(ref _high, new byte[Chunks * RowBytes]);
        high.CopyTo(_high.AsSpan(first * RowBytes));
        low.CopyTo(_low.AsSpan(first * RowBytes));
        fine.CopyTo(_fine.AsSpan(first * Dimensions));
        for (var i = 0; i < scales.Length; i++) Volatile.Write(ref _scales[first + i], scales[i]);
    }

    protected override void ReadFine(int first, int count, Span<byte> fine) => _fine.AsSpan(first * Dimensions, count * Dimensions).CopyTo(fine);
}
