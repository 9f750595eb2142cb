using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Embedded.Encoder;
using Microsoft.Extensions.AI;

namespace Chatbot.Api.Routing;

/// <summary>How near a question is to examples by meaning. Safe for concurrent use.</summary>
internal sealed partial class ExampleVectors : IDisposable
{
    private const int AtOnce = 16;

    // Of 1.5 KB each.
    private const int MostKept = 20_000;

    // What a visitor can be asked to wait for those that have no vector yet; a question that is not routed is a question.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_500);

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly ILogger<ExampleVectors> _logger;
    private readonly ConcurrentDictionary<(string? Model, string Text), ReadOnlyMemory<float>> _known = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<bool> _shipped;

    public ExampleVectors(IEmbeddingGenerator<string, Embedding<float>> generator, ILogger<ExampleVectors> logger)
    {
        (_generator, _logger) = (generator, logger);
        _shipped = new Lazy<bool>(LoadShipped);
    }

    /// <returns>Cosines in the order of the texts; null when they cannot be told now.</returns>
    public async Task<IReadOnlyList<double>?> CompareAsync(QuestionVector question, IReadOnlyList<RoutedText> texts, CancellationToken cancellationToken)
    {
        if (question.IsEmpty) return null;
        _ = question.IsOfShippedModel && _shipped.Value;
        var missing = texts.Where(text => !_known.ContainsKey((question.Model, text.Text))).Select(text => text.Text).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            // Who loses patience leaves the work to go on: the next question finds it done.
            if (missing.Count > 0) await FillAsync(question.Model, missing).WaitAsync(Patience, cancellationToken);
            return [.. texts.Select(text => (double)TensorPrimitives.Dot(_known[(question.Model, text.Text)].Span, question.Span))];
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Too late, the model does not answer, or it has changed since the question was asked.
            if (error is not TimeoutException) LogNotCompared(error);
            return null;
        }
    }

    public void Dispose() => _turn.Dispose();

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
                var vectors = await _generator.GenerateAsync(some, QuestionMeaning.Kind("query"), CancellationToken.None);
                for (var i = 0; i < some.Length; i++) _known[(vectors[i].ModelId, some[i])] = vectors[i].Vector;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Questions cannot be compared with examples by meaning; those that say the same are found by their words")]
    private partial void LogNotCompared(Exception error);
}
