using System.Numerics.Tensors;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Embedded.Encoder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>Finds what a sentence was made of where its words do not tell, such as a translation. Safe for concurrent use.</summary>
internal sealed partial class SentenceMeaning(IEmbeddingGenerator<string, Embedding<float>> generator, IOptions<GenerationOptions> options, ILogger<SentenceMeaning> logger)
{
    // Of first sentences of 40 encyclopedia paragraphs: the English paragraph's best sentence has .85 to .96 to its German
    // translation (Chinese .81 to .93), that of another paragraph at most .823 (.812).
    private const double SameMatter = 0.825;

    // Below it was no translation, and most of the other paragraphs. What lies between is let through: to mark
    // what is right is worse than to miss what is not.
    private const double OtherMatter = 0.8;

    private const int MostSpans = 32;

    // A look is a tenth of a second of two processors: with more of them at a time, questions would wait for their vectors.
    private const int MostAtOnce = 2;

    private int _looking;

    /// <returns><see cref="Unknown"/> at once while others are looked at.</returns>
    public async Task<Result> NearestAsync(string sentence, IReadOnlyList<SourceSpan> spans, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _looking) > MostAtOnce ? new Unknown(IsLate: true) : await LookAsync(sentence, spans, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _looking);
        }
    }

    private async Task<Result> LookAsync(string sentence, IReadOnlyList<SourceSpan> spans, CancellationToken cancellationToken)
    {
        var looked = spans.Take(MostSpans).ToList();
        if (looked.Count == 0) return new None();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.CheckTimeout);
        try
        {
            // Both as questions: of two sentences of one kind the model tells best whether they say the same. Spans keep theirs for the next sentence.
            var missing = looked.Where(span => span.Vector.IsEmpty).ToList();
            var vectors = await generator.GenerateAsync([sentence, .. missing.Select(span => span.Text)], EmbeddingKind.Soon(EmbeddingKind.Query), patience.Token).WaitAsync(patience.Token);
            if (!new QuestionVector(vectors[0].Vector, vectors[0].ModelId).IsOfShippedModel) return new Unknown();
            for (var i = 0; i < missing.Count; i++) missing[i].Vector = vectors[i + 1].Vector;
            var (best, at) = (-1.0, 0);
            for (var i = 0; i < looked.Count; i++)
            {
                var cosine = TensorPrimitives.Dot(vectors[0].Vector.Span, looked[i].Vector.Span);
                if (cosine > best) (best, at) = (cosine, i);
            }

            return best >= SameMatter ? new Near(looked[at]) : best < OtherMatter ? new None() : new Unknown();
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogSlow(options.Value.CheckTimeout.TotalMilliseconds);
            return new Unknown(IsLate: true);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoVectors(error);
            return new Unknown();
        }
    }

    [LoggerMessage(LogLevel.Debug, "A sentence was let through unchecked: its vectors took more than {Ms} ms")]
    private partial void LogSlow(double ms);

    [LoggerMessage(LogLevel.Warning, "The embedding model does not answer; sentences of answers are checked by their words alone")]
    private partial void LogNoVectors(Exception error);

    public abstract record Result;

    /// <summary>These words say it.</summary>
    public sealed record Near(SourceSpan Span) : Result;

    /// <summary>Nothing does.</summary>
    public sealed record None : Result;

    /// <summary>It may or may not: too near for a no, or the model did not answer in time or is another than the one whose numbers are known here.</summary>
    /// <param name="IsLate">It was not in time, and will hardly be for the next sentence.</param>
    public sealed record Unknown(bool IsLate = false) : Result;
}
