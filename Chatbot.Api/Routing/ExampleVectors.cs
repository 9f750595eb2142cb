using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Embedded.Encoder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Routing;

/// <summary>How near a question is to examples by meaning. Safe for concurrent use.</summary>
internal sealed partial class ExampleVectors : IDisposable
{
    private const int AtOnce = 16;

    // Of 1.5 KB each.
    private const int MostKept = 20_000;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly MeaningOptions _options;
    private readonly ILogger<ExampleVectors> _logger;
    private readonly ConcurrentDictionary<(string? Model, string Text), ReadOnlyMemory<float>> _known = new();
    private readonly ConcurrentDictionary<string, ModelScale?> _scales = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<bool> _shipped;

    public ExampleVectors(IEmbeddingGenerator<string, Embedding<float>> generator, IOptions<MeaningOptions> options, ILogger<ExampleVectors> logger)
    {
        (_generator, _options, _logger) = (generator, options.Value, logger);
        _shipped = new Lazy<bool>(LoadShipped);
    }

    /// <returns>Cosines in the order of the texts, on the shipped model's scale if its own is known; null when they cannot be told now.</returns>
    public async Task<(IReadOnlyList<double> Cosines, bool IsCalibrated)?> CompareAsync(QuestionVector question, IReadOnlyList<RoutedText> texts, CancellationToken cancellationToken)
    {
        if (question.IsEmpty) return null;
        // An editor may have put others in the place of some.
        IReadOnlyList<RoutedText> needed = question.IsOfShippedModel ? texts : [.. texts, .. ShippedExamples.All];
        if (await FindAsync(question, needed, cancellationToken) is not { } vectors) return null;
        var scale = ScaleOf(question);
        return ([.. vectors.Take(texts.Count).Select(vector => (scale ?? ModelScale.Same).Of(TensorPrimitives.Dot(vector.Span, question.Span)))], scale is not null);
    }

    /// <returns>How the cosines of the model that made a vector are to be read; null when that is not known, or not yet.</returns>
    public async Task<ModelScale?> FindScaleAsync(QuestionVector question, CancellationToken cancellationToken)
    {
        if (question.IsEmpty) return null;
        if (!question.IsOfShippedModel && !_scales.ContainsKey(question.Model!) && await FindAsync(question, ShippedExamples.All, cancellationToken) is null) return null;
        return ScaleOf(question);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>?> FindAsync(QuestionVector question, IReadOnlyList<RoutedText> texts, CancellationToken cancellationToken)
    {
        _ = question.IsOfShippedModel && _shipped.Value;
        var missing = texts.Where(text => !_known.ContainsKey((question.Model, text.Text))).Select(text => text.Text).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            // Who loses patience leaves the work to go on: the next question finds it done.
            if (missing.Count > 0) await FillAsync(question.Model, missing).WaitAsync(_options.ExamplesTimeout, cancellationToken);
            return [.. texts.Select(text => _known[(question.Model, text.Text)])];
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Too late, the model does not answer, or it has changed since the question was asked.
            if (error is not TimeoutException) LogNotCompared(error);
            return null;
        }
    }

    // Measured once: some 30,000 cosines, tens of milliseconds.
    private ModelScale? ScaleOf(QuestionVector question)
    {
        if (question.IsOfShippedModel) return ModelScale.Same;
        if (_scales.TryGetValue(question.Model!, out var known)) return known;
        if (ShippedVectors.Read(ShippedExamples.All) is not { } shipped) return null;
        var other = new List<ReadOnlyMemory<float>>(shipped.Count);
        foreach (var text in ShippedExamples.All)
        {
            if (!_known.TryGetValue((question.Model, text.Text), out var vector)) return null;
            other.Add(vector);
        }

        var scale = ModelScale.Measure(ShippedExamples.All, shipped, other);
        if (_scales.TryAdd(question.Model!, scale)) LogScale(question.Model!, scale is null ? "does not tell the shipped examples apart: by meaning it routes nothing" : "is read on the shipped model's scale");
        return scale;
    }

    private bool LoadShipped()
    {
        if (ShippedVectors.Read(ShippedExamples.All) is not { } vectors) return false;
        for (var i = 0; i < vectors.Count; i++)
        {
            // The model that made the question's vector may be named or not.
            _known[(LocalEmbeddingGenerator.ModelId, ShippedExamples.All[i].Text)] = vectors[i];
            _known[(null, ShippedExamples.All[i].Text)] = vectors[i];
        }

        return true;
    }

    private async Task FillAsync(string? model, List<string> texts)
    {
        await _turn.WaitAsync();
        try
        {
            if (_known.Count + texts.Count > MostKept) _known.Clear();
            foreach (var some in texts.Where(text => !_known.ContainsKey((model, text))).Chunk(AtOnce))
            {
                // As questions: that is what they are compared with.
                var vectors = await _generator.GenerateAsync(some, EmbeddingKind.Soon(EmbeddingKind.Query), CancellationToken.None);
                for (var i = 0; i < some.Length; i++) _known[(vectors[i].ModelId, some[i])] = vectors[i].Vector;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "The embedding model {Model} {What}")]
    private partial void LogScale(string model, string what);

    [LoggerMessage(LogLevel.Warning, "Questions cannot be compared with examples by meaning; those that say the same are found by their words")]
    private partial void LogNotCompared(Exception error);
}
