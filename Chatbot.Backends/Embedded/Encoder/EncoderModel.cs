using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// The weights: layers in memory, in the order the kernels read them (14 MB), rows of the word table from the file as
/// they are asked for. Read-only and safe for concurrent use.
/// </summary>
internal sealed class EncoderModel
{
    public const int Width = 384;
    public const int MaxTokens = 512;
    public const int IntermediateWidth = 1536;

    private const int LayerCount = 12;
    private const int TypeCount = 2;
    private const int WordCount = 250_037;
    // Divides the rows of every matrix: 384 and 1536.
    private const int RowsAtOnce = 96;
    private const int RowBytes = Width / 2;
    private const int RowBlocks = Width / WeightMatrix.Block;

    private readonly SafetensorsFile _file;
    private readonly TensorInfo _words;
    private readonly TensorInfo _wordScales;
    private readonly float[] _positions;

    /// <exception cref="ModelFileException">The file holds another model.</exception>
    public EncoderModel(SafetensorsFile file, LinearKernel kernel)
    {
        CheckSizes(file);
        _file = file;
        _words = file.Find("embeddings.word_embeddings.weight.q4", "U8", WordCount, RowBytes);
        _wordScales = file.Find("embeddings.word_embeddings.weight.scale", "F16", WordCount, RowBlocks);
        _positions = Floats("embeddings.position_embeddings.weight", MaxTokens, Width);
        AddType();
        EmbeddingNorm = Norm("embeddings.LayerNorm");
        Layers = new EncoderLayer[LayerCount];
        Parallel.For(0, LayerCount, layer => Layers[layer] = LoadLayer($"encoder.layer.{layer}.", kernel));
    }

    public NormWeights EmbeddingNorm { get; }

    public EncoderLayer[] Layers { get; }

    /// <summary>destination = the word's vector + that of its position + that of the only text type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Embed(int id, int position, Span<float> destination)
    {
        Span<byte> nibbles = stackalloc byte[RowBytes];
        Span<Half> scales = stackalloc Half[RowBlocks];
        _file.Read(_words, (long)id * RowBytes, nibbles);
        _file.Read(_wordScales, (long)id * RowBlocks, scales);
        _positions.AsSpan(position * Width, Width).CopyTo(destination);
        for (var block = 0; block < RowBlocks; block++)
        {
            var scale = (float)scales[block];
            var source = nibbles.Slice(block * 16, 16);
            var target = destination.Slice(block * 32, 32);
            for (var j = 0; j < source.Length; j++)
            {
                target[j] += ((source[j] & 15) - 8) * scale;
                target[j + 16] += ((source[j] >> 4) - 8) * scale;
            }
        }
    }

    private static void CheckSizes(SafetensorsFile file)
    {
        Check("hidden_size", Width);
        Check("num_hidden_layers", LayerCount);
        Check("num_attention_heads", Width / Attention<PortableLanes>.HeadSize);
        Check("intermediate_size", IntermediateWidth);
        Check("max_position_embeddings", MaxTokens);

        void Check(string name, int expected)
        {
            if (file.Metadata.GetValueOrDefault(name) != expected.ToString(CultureInfo.InvariantCulture))
                throw new ModelFileException(file.Path, $"it holds another model: {name} is not {expected}");
        }
    }

    // The model was made for pairs of texts; a text alone is always of the first type.
    private void AddType()
    {
        var type = Floats("embeddings.token_type_embeddings.weight", TypeCount, Width);
        for (var i = 0; i < _positions.Length; i++)
            _positions[i] += type[i % Width];
    }

    private EncoderLayer LoadLayer(string name, LinearKernel kernel)
    {
        var attention = name + "attention.";
        var projections = kernel.CreateMatrix(3 * Width, Width);
        SetRows(projections, attention + "self.query", 0, Width);
        SetRows(projections, attention + "self.key", Width, Width);
        SetRows(projections, attention + "self.value", 2 * Width, Width);
        return new EncoderLayer(
            projections,
            Matrix(kernel, attention + "output.dense", Width, Width),
            Norm(attention + "output.LayerNorm"),
            Matrix(kernel, name + "intermediate.dense", IntermediateWidth, Width),
            Matrix(kernel, name + "output.dense", Width, IntermediateWidth),
            Norm(name + "output.LayerNorm"));
    }

    private WeightMatrix Matrix(LinearKernel kernel, string name, int outputs, int inputs)
    {
        var matrix = kernel.CreateMatrix(outputs, inputs);
        SetRows(matrix, name, 0, outputs);
        return matrix;
    }

    private void SetRows(WeightMatrix matrix, string name, int first, int count)
    {
        var weight = _file.Find(name + ".weight.q4", "U8", count, matrix.Inputs / 2);
        var scale = _file.Find(name + ".weight.scale", "F16", count, matrix.Inputs / WeightMatrix.Block);
        // In parts and into pooled memory: 13 MB of garbage would stay with the process for a long time.
        var nibbles = ArrayPool<byte>.Shared.Rent(RowsAtOnce * matrix.Inputs / 2);
        var scales = ArrayPool<Half>.Shared.Rent(RowsAtOnce * matrix.Inputs / WeightMatrix.Block);
        for (var row = 0; row < count; row += RowsAtOnce)
        {
            var someNibbles = nibbles.AsSpan(0, RowsAtOnce * matrix.Inputs / 2);
            var someScales = scales.AsSpan(0, RowsAtOnce * matrix.Inputs / WeightMatrix.Block);
            _file.Read(weight, (long)row * matrix.Inputs / 2, someNibbles);
            _file.Read(scale, (long)row * matrix.Inputs / WeightMatrix.Block, someScales);
            matrix.SetRows(first + row, someNibbles, someScales);
        }

        ArrayPool<byte>.Shared.Return(nibbles);
        ArrayPool<Half>.Shared.Return(scales);
        Floats(name + ".bias", count).CopyTo(matrix.Bias, first);
    }

    private NormWeights Norm(string name) => new(Floats(name + ".weight", Width), Floats(name + ".bias", Width));

    private float[] Floats(string name, params ReadOnlySpan<int> shape) => _file.ReadAll<float>(_file.Find(name, "F32", shape));
}
