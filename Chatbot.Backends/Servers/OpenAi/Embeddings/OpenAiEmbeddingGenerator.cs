using System.Numerics.Tensors;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>
/// Embeddings by a model at an endpoint: vectors of unit length, whatever length the model gives them. A text's kind
/// (<see cref="EmbeddingKind"/>) decides its prefix; questions do not wait for the limits on requests. The
/// <see cref="Embedding.ModelId"/> is the name of the vectors' space, with dimensions and prefixes. Safe for concurrent use.
/// </summary>
public sealed class OpenAiEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingsOptions _options;
    private readonly HttpClient _http;
    private readonly EmbeddingEndpoint _endpoint;
    private readonly string _space;

    /// <param name="options">Validated, with an endpoint.</param>
    public OpenAiEmbeddingGenerator(EmbeddingsOptions options, TimeProvider time, ILogger<OpenAiEmbeddingGenerator> logger)
    {
        (_options, _space) = (options, options.SpaceName);
        // A redirection would take texts and key elsewhere than the operator said.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            // A number takes about 20 characters; the rest is for what stands around.
            MaxResponseContentBufferSize = 1_000_000 + (options.BatchSize * options.Dimensions * 40L),
        };
        _endpoint = new EmbeddingEndpoint(options, _http, time, logger);
    }

    /// <summary>Vectors in the order of the texts.</summary>
    /// <exception cref="EmbeddingEndpointException">The endpoint cannot be asked, or gives other vectors than the settings say.</exception>
    /// <exception cref="ArgumentException">The options ask for another kind or dimension.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != _options.Dimensions)
            throw new ArgumentException($"The model {_options.Model} is set to {_options.Dimensions} dimensions, not {dimensions}.", nameof(options));
        var isQuestion = EmbeddingKind.Of(options) == EmbeddingKind.Query;
        var prefix = isQuestion ? _options.QueryPrefix : _options.PassagePrefix;

        var vectors = new GeneratedEmbeddings<Embedding<float>>();
        long tokens = 0;
        foreach (var batch in values.Chunk(_options.BatchSize))
        {
            // Endpoints refuse a request with an empty text in it.
            var input = Array.ConvertAll(batch, text => prefix + text is { Length: > 0 } full ? full : " ");
            var reply = await _endpoint.AskAsync(new EmbeddingRequest(_options.Model!, input, _options.RequestDimensions ? _options.Dimensions : null), isQuestion, cancellationToken);
            foreach (var vector in Read(reply, batch.Length)) vectors.Add(new Embedding<float>(vector) { ModelId = _space });
            tokens += reply.Usage?.TotalTokens ?? reply.Usage?.PromptTokens ?? 0;
        }

        vectors.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return vectors;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata("openai", _endpoint.Url, _options.Model, _options.Dimensions);
        if (serviceKey is null && serviceType == typeof(EmbeddingBatch)) return new EmbeddingBatch(Math.Min(_options.BatchSize, 256));
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private float[][] Read(EmbeddingReply reply, int count)
    {
        if (reply.Data is not { } data) throw Wrong("no \"data\"");
        if (data.Count != count) throw Wrong($"{data.Count} vectors for {count} texts");
        var vectors = new float[count][];
        for (var i = 0; i < count; i++)
        {
            var index = data[i]?.Index ?? i;
            if (index < 0 || index >= count || vectors[index] is not null) throw Wrong($"the index {index} twice or out of range");
            vectors[index] = Normalized(data[i]?.Embedding ?? throw Wrong("an item without \"embedding\""));
        }

        return vectors;
    }

    private float[] Normalized(float[] vector)
    {
        if (vector.Length != _options.Dimensions)
            throw new EmbeddingEndpointException($"The model {_options.Model} at {_endpoint.Url} gives vectors of {vector.Length} numbers, but Embeddings:Dimensions says {_options.Dimensions}. Correct the setting.");
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm == 0) throw Wrong("a vector without direction");
        TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    private EmbeddingEndpointException Wrong(string what) => new($"{_endpoint.Url} answered with {what}.");
}
