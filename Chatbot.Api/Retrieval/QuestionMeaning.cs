using System.Diagnostics;
using System.Globalization;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Retrieval;

/// <summary>
/// The side of meaning: the vector of a question, and the vectors of likely passages that have none yet. Vectors of fresh
/// documents follow in the background; a question does not wait for all of them, only for those it may need.
/// </summary>
internal sealed partial class QuestionMeaning(
    IEmbeddingGenerator<string, Embedding<float>> generator, IChunkIndex index, QuestionVectors kept, IOptions<MeaningOptions> options, ApiTelemetry telemetry, ILogger<QuestionMeaning> logger)
{
    /// <summary>Candidates whose vectors a question may call for: the best by words.</summary>
    private const int MostToFill = 32;

    private const int FillAtOnce = 4;

    /// <param name="trace">Told how long it took when it had to be made.</param>
    /// <returns>Empty when the model does not answer: then words alone decide.</returns>
    public async Task<QuestionVector> OfAsync(string question, TraceLog trace, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (vector, isKnown) = await FindOrMakeAsync(question, cancellationToken);
        if (!isKnown) trace.Add("vector", ("ms", Stopwatch.GetElapsedTime(started).TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)));
        return vector;
    }

    /// <returns>Empty when the model does not answer: then words alone decide.</returns>
    public async Task<QuestionVector> OfAsync(string question, CancellationToken cancellationToken) => (await FindOrMakeAsync(question, cancellationToken)).Vector;

    /// <summary>Gives the best candidates by words their cosines where these are missing, as far as patience goes, and keeps the vectors.</summary>
    public async Task<ChunkCandidates> FillAsync(ChunkCandidates found, QuestionVector question, CancellationToken cancellationToken)
    {
        var score = new SimpleScore(found);
        var missing = found.Candidates.Where(c => c.Cosine is null).OrderByDescending(score.OfWords).Take(MostToFill).ToList();
        if (question.IsEmpty || missing.Count == 0) return found;

        var cosines = new Dictionary<string, double>(StringComparer.Ordinal);
        var started = Stopwatch.GetTimestamp();
        try
        {
            foreach (var some in missing.Chunk(FillAtOnce))
            {
                var left = options.Value.PassagesTimeout - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero) break;
                var vectors = await generator.GenerateAsync(some.Select(c => EmbeddingText.Of(c.Chunk)), EmbeddingKind.Soon(EmbeddingKind.Passage), cancellationToken).WaitAsync(left, cancellationToken);
                // The model has changed since the question was asked: these vectors say nothing about it.
                if (vectors.Any(v => v.ModelId != question.Model)) break;
                for (var i = 0; i < some.Length; i++) cosines[some[i].Chunk.Id] = System.Numerics.Tensors.TensorPrimitives.Dot(vectors[i].Vector.Span, question.Span);
                await index.SetVectorsAsync([.. some.Select((c, i) => new TextVector(EmbeddingText.HashOf(c.Chunk), vectors[i].Vector, vectors[i].ModelId))], cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            // The background gives the rest theirs.
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoVector(error);
        }

        return found with { Candidates = [.. found.Candidates.Select(c => cosines.TryGetValue(c.Chunk.Id, out var cosine) ? c with { Cosine = cosine } : c)] };
    }

    private async Task<(QuestionVector Vector, bool IsKnown)> FindOrMakeAsync(string question, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(question)) return (default, true);
        try
        {
            var model = (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
            var known = await kept.FindAsync(question, model, cancellationToken);
            telemetry.VectorAsked(!known.IsEmpty);
            if (!known.IsEmpty) return (known, true);
            var vectors = await generator.GenerateAsync([question], EmbeddingKind.ForQueries(), cancellationToken).WaitAsync(options.Value.QuestionTimeout, cancellationToken);
            var made = new QuestionVector(vectors[0].Vector, vectors[0].ModelId);
            await kept.KeepAsync(question, model, made, cancellationToken);
            return (made, false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoVector(error);
            return (default, false);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The embedding model does not answer; passages are found by their words alone")]
    private partial void LogNoVector(Exception error);
}
