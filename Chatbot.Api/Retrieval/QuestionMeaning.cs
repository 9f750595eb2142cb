using System.Diagnostics;
using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;

namespace Chatbot.Api.Retrieval;

/// <summary>
/// The side of meaning: the vector of a question, and the vectors of likely passages that have none yet. Vectors of fresh
/// documents follow in the background; a question does not wait for all of them, only for those it may need.
/// </summary>
internal sealed partial class QuestionMeaning(IEmbeddingGenerator<string, Embedding<float>> generator, IChunkIndex index, QuestionVectors kept, ApiTelemetry telemetry, ILogger<QuestionMeaning> logger)
{
    /// <summary>Candidates whose vectors a question may call for: the best by words.</summary>
    private const int MostToFill = 32;

    private const int FillAtOnce = 4;

    /// <summary>What a visitor can be asked to wait for them, the wait for a busy model included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_200);

    /// <summary>For the question's own vector: without it there is no meaning at all, and loading the model takes a moment.</summary>
    private static readonly TimeSpan PatienceForQuestion = TimeSpan.FromSeconds(3);

    /// <returns>Empty when the model does not answer: then words alone decide.</returns>
    public async Task<QuestionVector> OfAsync(string question, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(question)) return default;
        try
        {
            var model = (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
            var known = await kept.FindAsync(question, model, cancellationToken);
            telemetry.VectorAsked(!known.IsEmpty);
            if (!known.IsEmpty) return known;
            var vectors = await generator.GenerateAsync([question], Kind("query"), cancellationToken).WaitAsync(PatienceForQuestion, cancellationToken);
            var made = new QuestionVector(vectors[0].Vector, vectors[0].ModelId);
            await kept.KeepAsync(question, model, made, cancellationToken);
            return made;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoVector(error);
            return default;
        }
    }

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
                var left = Patience - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero) break;
                var vectors = await generator.GenerateAsync(some.Select(c => EmbeddingText.Of(c.Chunk)), Kind("passage"), cancellationToken).WaitAsync(left, cancellationToken);
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

    /// <param name="kind">query or passage: the model is told by a prefix.</param>
    public static EmbeddingGenerationOptions Kind(string kind) => new() { AdditionalProperties = new() { ["kind"] = kind } };

    [LoggerMessage(LogLevel.Warning, "The embedding model does not answer; passages are found by their words alone")]
    private partial void LogNoVector(Exception error);
}
