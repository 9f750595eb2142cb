using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chatbot.Ingestion.Embedding;

/// <summary>Takes some waiting texts and makes their vectors. One text on which the model fails does not hold up the others:
/// it is tried alone, and given up after three times.</summary>
internal sealed partial class VectorMaker(
    IVectorQueue waiting,
    IChunkIndex index,
    [FromKeyedServices(IVectorModels.TextsKey)] IEmbeddingGenerator<string, Embedding<float>> generator,
    ILogger<VectorMaker> logger)
{
    // Few at a time: a question that needs a passage's vector waits for the batch before it.
    private const int TextsPerBatch = 8;

    private readonly int _atOnce = generator.GetService(typeof(EmbeddingBatch)) is EmbeddingBatch batch ? batch.Texts : TextsPerBatch;

    // Any model can embed this one. When it cannot, it is the model and not a text.
    private const string Probe = "model";

    /// <returns>False when no text waits.</returns>
    /// <exception cref="Exception">The model fails on everything; the texts wait as before.</exception>
    public async Task<bool> MakeAsync(CancellationToken cancellationToken)
    {
        var lease = await waiting.TakeAsync(_atOnce, cancellationToken);
        if (lease.Texts.Count == 0) return false;
        try
        {
            await EmbedAsync(lease.Texts, cancellationToken);
        }
        catch (Exception error)
        {
            if (!cancellationToken.IsCancellationRequested && await EmbedSinglyAsync(lease, error, cancellationToken)) return true;
            await waiting.ReleaseAsync(lease, CancellationToken.None);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }

        return true;
    }

    /// <returns>False when it is the model that fails.</returns>
    private async Task<bool> EmbedSinglyAsync(VectorLease lease, Exception first, CancellationToken cancellationToken)
    {
        // Asked first: every further text would have to wait for an endpoint that is down.
        if (await TryAsync(() => generator.GenerateAsync([Probe], cancellationToken: cancellationToken), cancellationToken) is not null) return false;
        var failures = new List<(PendingText Text, Exception Error)>();
        foreach (var text in lease.Texts)
        {
            // One that was alone has had its try.
            var failure = lease.Texts.Count == 1 ? first : await TryAsync(() => EmbedAsync([text], cancellationToken), cancellationToken);
            if (failure is not null) failures.Add((text, failure));
        }

        if (failures.Count == lease.Texts.Count
            && await TryAsync(() => generator.GenerateAsync([Probe], cancellationToken: cancellationToken), cancellationToken) is not null)
        {
            return false;
        }

        foreach (var (text, error) in failures)
        {
            var parked = await waiting.FailAsync(text.TextHash, error.Message, cancellationToken);
            if (parked) LogParked(error, text.TextHash, text.Text.Length);
            else LogTextFailed(error, text.TextHash, text.Text.Length);
        }

        return true;
    }

    private static async Task<Exception?> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return error;
        }
    }

    private async Task EmbedAsync(IReadOnlyList<PendingText> texts, CancellationToken cancellationToken)
    {
        var vectors = await generator.GenerateAsync(texts.Select(t => t.Text), cancellationToken: cancellationToken);
        if (vectors.Count != texts.Count || vectors.Any(v => v.Vector.IsEmpty || !v.Vector.ToArray().All(float.IsFinite)))
            throw new InvalidOperationException("The embedding model gave no vector, or one that is not of numbers.");
        await index.SetVectorsAsync([.. texts.Select((t, i) => new TextVector(t.TextHash, vectors[i].Vector, vectors[i].ModelId))], cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The embedding model failed on text {TextHash} of {Characters} characters; it is tried again later")]
    private partial void LogTextFailed(Exception error, string textHash, int characters);

    [LoggerMessage(LogLevel.Error, "The embedding model failed three times on text {TextHash} of {Characters} characters; it is found by words only")]
    private partial void LogParked(Exception error, string textHash, int characters);
}
