using System.Collections.Concurrent;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Faqs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.StoredAnswers;

/// <summary>
/// Keeps the questions of each knowledge base in memory, as they stand in the database now: a saved entry counts for the
/// next question, whichever process saved it. Vectors that are missing are made beside, and kept. Safe for concurrent use.
/// </summary>
internal sealed partial class FaqQuestionSets(
    FaqQuestionStore store, IEmbeddingGenerator<string, Embedding<float>> generator, IOptions<MeaningOptions> options, TimeProvider clock, ILogger<FaqQuestionSets> logger) : IDisposable
{
    /// <summary>Entries of a knowledge base that are looked through: those changed last.</summary>
    private const int MostEntries = 10_000;

    // With vectors of 384 numbers 30 MB.
    private const int MostQuestions = 20_000;

    private const int Batch = 16;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();

    /// <returns>Null when the knowledge base has no entries.</returns>
    public async Task<FaqQuestionSet?> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        if (await store.GetStampAsync(knowledgeBaseId, cancellationToken) is not { } stamp)
        {
            _held.TryRemove(knowledgeBaseId, out _);
            return null;
        }

        var held = _held.GetOrAdd(knowledgeBaseId, _ => new Held());
        held.UsedAt = clock.GetTimestamp();
        if (held.Set?.Stamp != stamp || held.LacksVectors) await RefreshAsync(knowledgeBaseId, held, stamp, cancellationToken);
        return held.Set;
    }

    /// <summary>Another embedding model answers now: the vectors are made by that one.</summary>
    public void MakeAnew(FaqQuestionSet outdated, string model)
    {
        foreach (var held in _held.Values.Where(held => held.Set == outdated)) held.Expect(model);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task RefreshAsync(string knowledgeBaseId, Held held, string stamp, CancellationToken cancellationToken)
    {
        Task making;
        await held.Turn.WaitAsync(cancellationToken);
        try
        {
            if (held.Set?.Stamp != stamp)
            {
                var entries = await store.ListAsync(knowledgeBaseId, MostEntries, cancellationToken);
                held.Put(new FaqQuestionSet(stamp, entries), entries.Any(entry => entry.Model is null));
                Shed(knowledgeBaseId);
            }

            if (!held.LacksVectors) return;
            if (held.Making is not { IsCompleted: false } && held.NotBefore <= clock.GetUtcNow()) held.Making = MakeAsync(knowledgeBaseId, held, stamp, _ended.Token);
            making = held.Making ?? Task.CompletedTask;
        }
        finally
        {
            held.Turn.Release();
        }

        try
        {
            await making.WaitAsync(options.Value.FaqsTimeout, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // A file of thousands was imported: they follow.
        }
    }

    private async Task MakeAsync(string knowledgeBaseId, Held held, string stamp, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            var entries = await store.ListAsync(knowledgeBaseId, MostEntries, cancellationToken);
            foreach (var some in entries.Where(entry => entry.Model is null || (held.Model is { } wanted && entry.Model != wanted)).Chunk(Batch))
            {
                var vectors = await generator.GenerateAsync(some.SelectMany(entry => entry.Questions), EmbeddingKind.Soon(EmbeddingKind.Query), cancellationToken);
                var place = 0;
                var made = new List<FaqQuestions>();
                foreach (var entry in some)
                {
                    var own = vectors.Skip(place).Take(entry.Questions.Count).ToList();
                    place += own.Count;
                    made.Add(entry with { Model = own[0].ModelId ?? "", Vectors = [.. own.SelectMany(vector => vector.Vector.ToArray())] });
                }

                await store.SaveVectorsAsync(made, cancellationToken);
            }

            held.Put(new FaqQuestionSet(stamp, await store.ListAsync(knowledgeBaseId, MostEntries, cancellationToken)), lacksVectors: false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            held.NotBefore = clock.GetUtcNow() + PauseAfterFailure;
            LogFailed(error);
        }
        catch (OperationCanceledException)
        {
            // The process ends; what is missing is made by the next one.
        }
    }

    // Those that nobody asked for the longest time go first.
    private void Shed(string kept)
    {
        foreach (var (id, held) in _held.Where(pair => pair.Key != kept).OrderBy(pair => pair.Value.UsedAt).ToList())
        {
            if (_held.Values.Sum(other => other.Set?.Size ?? 0) <= MostQuestions) return;
            _held.TryRemove(id, out _);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Vectors of questions could not be made; they are found by the same words only")]
    private partial void LogFailed(Exception error);

    private sealed class Held
    {
        private volatile FaqQuestionSet? _set;
        private volatile bool _lacksVectors;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public FaqQuestionSet? Set => _set;

        public bool LacksVectors => _lacksVectors;

        /// <summary>The embedding model of the questions; null before one was seen.</summary>
        public string? Model { get; private set; }

        public Task? Making { get; set; }

        public DateTimeOffset NotBefore { get; set; }

        public long UsedAt { get; set; }

        public void Expect(string model)
        {
            Model = model;
            _lacksVectors = true;
        }

        public void Put(FaqQuestionSet set, bool lacksVectors)
        {
            _set = set;
            _lacksVectors = lacksVectors;
        }
    }
}
