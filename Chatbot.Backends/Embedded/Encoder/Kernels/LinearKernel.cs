namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Multiplies rows of activations by a weight matrix and adds its bias. Stateless and safe for concurrent
/// use; what it needs to work in comes with <see cref="LinearScratch"/>.</summary>
internal abstract class LinearKernel
{
    /// <summary>Rows of all buffers are padded to a multiple of this; it suits every kernel.</summary>
    public const int RowPadding = 12;

    protected abstract int PanelWidth { get; }

    /// <summary>Inputs that stand together for each output.</summary>
    protected abstract int Group { get; }

    public static LinearKernel Create(KernelPath path) => path switch
    {
        KernelPath.Portable => new FloatKernel<PortableLanes>(),
        KernelPath.Avx2 => new Avx2Kernel(),
        KernelPath.AvxVnni => new AvxVnniKernel(),
        KernelPath.Avx512 => new Avx512Kernel(),
        _ => throw new ArgumentOutOfRangeException(nameof(path)),
    };

    public WeightMatrix CreateMatrix(int outputs, int inputs) => new(outputs, inputs, PanelWidth, Group);

    /// <summary>destination = source × weightsᵀ + bias.</summary>
    /// <param name="source">Padded rows of <see cref="WeightMatrix.Inputs"/>.</param>
    /// <param name="destination">As many rows of <see cref="WeightMatrix.Outputs"/>.</param>
    public abstract void Multiply(
        ReadOnlySpan<float> source, int rows, WeightMatrix matrix, Span<float> destination, LinearScratch scratch);

    /// <summary>The two layers with GELU between them.</summary>
    /// <inheritdoc cref="Multiply"/>
    public abstract void FeedForward(
        ReadOnlySpan<float> source, int rows, WeightMatrix first, WeightMatrix second, Span<float> destination, LinearScratch scratch);

    public static int Pad(int rows) => (rows + RowPadding - 1) / RowPadding * RowPadding;
}
