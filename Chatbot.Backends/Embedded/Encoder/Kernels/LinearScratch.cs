namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Working memory of a <see cref="LinearKernel"/> for one thread.</summary>
/// <param name="maxRows">A multiple of <see cref="LinearKernel.RowPadding"/>.</param>
internal sealed class LinearScratch(int maxRows, int maxInputs)
{
    private QuantizedRows? _quantized;
    private AlignedArray<float>? _panel;

    public QuantizedRows Quantized => _quantized ??= new QuantizedRows(maxRows, maxInputs);

    public Span<float> Panel(int length)
    {
        if (_panel is null || _panel.Length < length)
            _panel = new AlignedArray<float>(length);
        return _panel.Span;
    }
}
