using Chatbot.Backends.Embedded.Encoder.Kernels;
using Microsoft.Extensions.AI;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// Embeddings by the model that ships with the product, <c>multilingual-e5-small</c> with weights of 4 bits, in this
/// process: vectors of 384 floats and length 1, cosines between about 0.70 (unrelated) and 1. Loaded when it is first
/// used. Safe for concurrent use. A text's first 512 tokens count. Questions (<see cref="EmbeddingKind.Query"/>) pass
/// before what is wanted soon (<see cref="EmbeddingKind.Soon"/>), and that before passages.
/// </summary>
public sealed class LocalEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The model's name, as an index records it.</summary>
    public const string ModelId = ModelFile.ModelId;

    /// <summary>Floats of a vector.</summary>
    public const int Dimensions = EncoderModel.Width;

    // Texts this long in all are sorted by length together; the encoder's threads then take what fits.
    private const int SortedTokens = 4096;

    private readonly string _path;
    private readonly KernelPath _kernels;
    private readonly int _threads;
    private readonly SemaphoreSlim _loading = new(1);
    private volatile LocalEncoder? _encoder;
    private volatile bool _disposed;

    /// <param name="modelPath">The model file; null for the one beside the program, in <c>models/</c>.</param>
    public LocalEmbeddingGenerator(string? modelPath = null)
        : this(modelPath, KernelPaths.Best, Environment.ProcessorCount)
    {
    }

    internal LocalEmbeddingGenerator(string? modelPath, KernelPath kernels, int threads)
    {
        _path = modelPath ?? ModelFile.DefaultPath;
        _kernels = kernels;
        _threads = threads;
    }

    /// <summary>Vectors in the order of the texts.</summary>
    /// <exception cref="ModelFileException">The model cannot be loaded; the next call tries again.</exception>
    /// <exception cref="ArgumentException">The options ask for another kind, model or dimension.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != Dimensions)
            throw new ArgumentException($"The local model has {Dimensions} dimensions, not {dimensions}.", nameof(options));
        var kind = EmbeddingKind.Of(options);
        var lane = EmbeddingKind.IsSoon(options) ? EncoderLane.Soon : kind == EmbeddingKind.Query ? EncoderLane.Question : EncoderLane.Bulk;
        var encoder = await LoadAsync(cancellationToken);

        // Cutting into pieces takes about a microsecond a token. Not on the caller's thread when there are many.
        var texts = values as IReadOnlyList<string> ?? [.. values];
        var (vectors, tokens) = lane == EncoderLane.Question
            ? await EncodeAsync(encoder, texts, kind, lane, cancellationToken)
            : await Task.Run(() => EncodeAsync(encoder, texts, kind, lane, cancellationToken), cancellationToken);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = ModelId }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    /// <summary>The ids of a text's word pieces, 2 to 512, start and end included.</summary>
    /// <param name="kind"><see cref="EmbeddingKind.Query"/> or <see cref="EmbeddingKind.Passage"/>.</param>
    /// <exception cref="ModelFileException">The model cannot be loaded; the next call tries again.</exception>
    public async Task<IReadOnlyList<int>> GetTokenIdsAsync(string text, string kind, CancellationToken cancellationToken)
    {
        var encoder = await LoadAsync(cancellationToken);
        return encoder.Tokenizer.Encode(Prefix(kind), text);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata("local", null, ModelId, Dimensions);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Ends the encoder's threads; vectors not yet made are cancelled.</summary>
    public void Dispose()
    {
        _disposed = true;
        _encoder?.Dispose();
        _loading.Dispose();
    }

    private static string Prefix(string kind) => kind + ": ";

    private static async Task<(float[][] Vectors, int Tokens)> EncodeAsync(
        LocalEncoder encoder, IReadOnlyList<string> texts, string kind, EncoderLane lane, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];
        var tokens = 0;
        var previous = new List<(int Index, Task<float[]> Vector)>();
        for (var next = 0; next < texts.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = new List<(int Index, int[] Ids)>();
            var size = 0;
            for (; next < texts.Count && size < SortedTokens; next++)
            {
                var ids = encoder.Tokenizer.Encode(Prefix(kind), texts[next]);
                batch.Add((next, ids));
                size += ids.Length;
            }

            // Longest first: the last to end are then short, and threads end at about the same time.
            batch.Sort((one, other) => other.Ids.Length.CompareTo(one.Ids.Length));
            var current = batch.ConvertAll(text =>
                (text.Index, encoder.Workers.EncodeAsync(text.Ids, lane, cancellationToken)));
            tokens += size;

            // One batch is always queued behind the one in work, so that no thread runs dry in between.
            await CollectAsync(previous, vectors);
            previous = current;
        }

        await CollectAsync(previous, vectors);
        return (vectors, tokens);
    }

    private static async Task CollectAsync(List<(int Index, Task<float[]> Vector)> batch, float[][] vectors)
    {
        foreach (var (index, vector) in batch)
            vectors[index] = await vector;
    }

    private async Task<LocalEncoder> LoadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_encoder is { } loaded)
            return loaded;
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _encoder ??= await Task.Run(() => LocalEncoder.Load(_path, _kernels, _threads), cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }
}
