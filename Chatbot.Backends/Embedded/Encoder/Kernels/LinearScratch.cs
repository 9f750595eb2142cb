namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Working memory of a <see cref="LinearKernel"/> for one thread.</summary>
/// <param name="maxRows">A multiple of <see cref="LinearKernel.RowPadding"/>.</param>
internal sealed class LinearScratch(int maxRows)
{
    private readonly Dictionary<int, QuantizedRows> _quantized = [];
    private AlignedArray<byte>? _bytes;
    private AlignedArray<float>? _floats;
    private AlignedArray<float>? _moreFloats;

    /// <summary>The rows of this length; there is one set for each.</summary>
    public QuantizedRows Quantized(int inputs)
    {
        if (!_quantized.TryGetValue(inputs, out var rows))
            _quantized[inputs] = rows = new QuantizedRows(maxRows, inputs);
        return rows;
    }

    public Span<byte> Bytes(int length) => Get(ref _bytes, length);

    public Span<float> Floats(int length) => Get(ref _floats, length);

    /// <summary>Apart from <see cref="Floats"/>.</summary>
    public Span<float> MoreFloats(int length) => Get(ref _moreFloats, length);

    private static Span<T> Get<T>(ref AlignedArray<T>? array, int length) where T : unmanaged
    {
        if (array is null || array.Length < length)
            array = new AlignedArray<T>(length);
        return array.Span[..length];
    }
}
