using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// The twelve layers (BERT, post-norm) over several texts at once. Texts are laid one after the other without
/// padding: only attention knows where one ends. Has its own working memory, so each thread needs its own; the model
/// is shared.
/// </summary>
internal abstract class TextEncoder
{
    public static TextEncoder Create(EncoderModel model, KernelPath path) =>
        KernelPaths.HasWideFloats(path)
            ? new TextEncoder<WideLanes>(model, LinearKernel.Create(path))
            : new TextEncoder<PortableLanes>(model, LinearKernel.Create(path));

    /// <param name="texts">Ids of each text, 1 to 512; together as many as are to be in memory at once.</param>
    /// <param name="yieldPoint">Called between steps; null to run through.</param>
    /// <returns>Vectors of length 1, in the order of the texts.</returns>
    public abstract float[][] Encode(IReadOnlyList<int[]> texts, IYieldPoint? yieldPoint);
}

/// <inheritdoc/>
internal sealed class TextEncoder<TLanes>(EncoderModel model, LinearKernel kernel) : TextEncoder
    where TLanes : struct, ILanes<TLanes>
{
    private const int Width = EncoderModel.Width;

    // Rows that go through the row-wise steps together: a layer's weights are fetched and unpacked once for all of
    // them, what is between the steps, below 1 MB, stays in a second-level cache, and questions wait two milliseconds.
    private const int SliceRows = 132;

    private readonly Attention<TLanes> _attention = new(EncoderModel.MaxTokens);
    private readonly LinearScratch _scratch = new(SliceRows);
    private readonly float[] _result = new float[SliceRows * Width];
    private float[] _hidden = [];
    private float[] _projections = [];
    private float[] _context = [];

    public override float[][] Encode(IReadOnlyList<int[]> texts, IYieldPoint? yieldPoint)
    {
        var tokens = texts.Sum(text => text.Length);
        Reserve(tokens);
        Embed(texts);
        foreach (var layer in model.Layers)
        {
            for (var row = 0; row < tokens; row += SliceRows)
            {
                kernel.Multiply(_hidden.AsSpan(row * Width), Math.Min(SliceRows, tokens - row), layer.Projections,
                    _projections.AsSpan(row * 3 * Width), _scratch);
                yieldPoint?.Yield();
            }

            var first = 0;
            foreach (var text in texts)
            {
                _attention.Attend(_projections.AsSpan(first * 3 * Width), text.Length, Width, _context.AsSpan(first * Width));
                first += text.Length;
                yieldPoint?.Yield();
            }

            for (var row = 0; row < tokens; row += SliceRows)
            {
                FinishRows(layer, row, Math.Min(SliceRows, tokens - row));
                yieldPoint?.Yield();
            }
        }

        return Pool(texts);
    }

    private void FinishRows(EncoderLayer layer, int row, int count)
    {
        var hidden = _hidden.AsSpan(row * Width);
        kernel.Multiply(_context.AsSpan(row * Width), count, layer.AttentionOutput, _result, _scratch);
        AddAndNormalize(hidden, count, layer.AttentionNorm);
        kernel.FeedForward(hidden, count, layer.Intermediate, layer.Output, _result, _scratch);
        AddAndNormalize(hidden, count, layer.OutputNorm);
    }

    private void AddAndNormalize(Span<float> hidden, int count, NormWeights norm)
    {
        for (var row = 0; row < count; row++)
        {
            RowOperations<TLanes>.AddAndNormalize(
                hidden.Slice(row * Width, Width), _result.AsSpan(row * Width, Width), norm.Weight, norm.Bias);
        }
    }

    private void Embed(IReadOnlyList<int[]> texts)
    {
        Span<float> nothing = stackalloc float[Width];
        nothing.Clear();
        var row = 0;
        foreach (var text in texts)
        {
            for (var position = 0; position < text.Length; position++, row++)
            {
                var hidden = _hidden.AsSpan(row * Width, Width);
                model.Embed(text[position], position, hidden);
                RowOperations<TLanes>.AddAndNormalize(hidden, nothing, model.EmbeddingNorm.Weight, model.EmbeddingNorm.Bias);
            }
        }
    }

    // Mean over all tokens, divided by its length: the division by the count cancels out.
    private float[][] Pool(IReadOnlyList<int[]> texts)
    {
        var vectors = new float[texts.Count][];
        var row = 0;
        for (var i = 0; i < vectors.Length; i++)
        {
            var sum = new double[Width];
            for (var end = row + texts[i].Length; row < end; row++)
            {
                var hidden = _hidden.AsSpan(row * Width, Width);
                for (var j = 0; j < Width; j++)
                    sum[j] += hidden[j];
            }

            var length = Math.Sqrt(sum.Sum(value => value * value));
            vectors[i] = Array.ConvertAll(sum, value => (float)(value / length));
        }

        return vectors;
    }

    // Tiles touch whole rows of tiles after the last token; attention tiles of a text's end reach further still.
    private static int RowsFor(int tokens) => LinearKernel.Pad(tokens) + LinearKernel.RowPadding;

    private void Reserve(int tokens)
    {
        if (_hidden.Length >= RowsFor(tokens) * Width)
            return;
        // Few sizes: every outgrown one is garbage of megabytes.
        var rows = RowsFor(tokens <= SliceRows ? SliceRows : Math.Max(tokens, EncoderModel.MaxTokens));
        _hidden = new float[rows * Width];
        _projections = new float[rows * 3 * Width];
        _context = new float[rows * Width];
    }
}
