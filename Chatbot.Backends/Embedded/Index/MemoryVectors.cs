namespace Chatbot.Backends.Embedded.Index;

/// <summary>Vectors that have no file.</summary>
/// <param name="upto">Every vector with a number up to this one is here.</param>
internal sealed class MemoryVectors(int chunks, int dimensions, long upto = long.MaxValue) : SegmentVectors(chunks, dimensions)
{
    private readonly float[] _scales = new float[chunks];

    // Made with the first vector: while words come in, there is none.
    private byte[]? _coarse;
    private byte[]? _fine;

    /// <summary>No bound where the segment has no file either: what is in it is read from the rows, with its vectors.</summary>
    public override long Upto => upto;

    public override float Scale(int chunk) => Volatile.Read(ref _scales[chunk]);

    public override ReadOnlySpan<byte> Coarse(int first, int count) =>
        _coarse is { } coarse ? coarse.AsSpan(first * Dimensions, count * Dimensions) : default;

    protected override void Store(int chunk, float scale, ReadOnlySpan<byte> coarse, ReadOnlySpan<byte> fine)
    {
        _fine ??= new byte[Chunks * Dimensions];
        _coarse ??= new byte[Chunks * Dimensions];
        coarse.CopyTo(_coarse.AsSpan(chunk * Dimensions));
        fine.CopyTo(_fine.AsSpan(chunk * Dimensions));
        Volatile.Write(ref _scales[chunk], scale);
    }

    protected override void Load(int chunk, Span<byte> coarse, Span<byte> fine)
    {
        _coarse.AsSpan(chunk * Dimensions, Dimensions).CopyTo(coarse);
        _fine.AsSpan(chunk * Dimensions, Dimensions).CopyTo(fine);
    }
}
