using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chatbot.Api.Retrieval;
using Chatbot.Core;
using Chatbot.Core.Caching;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering.Caching;

/// <summary>
/// Answers to first questions, so that what everybody asks is answered once. An answer holds as long as it would be made from
/// the same passages: when the index has changed, they are looked for again before it is given once more. It goes earlier when
/// a document it cites is announced as changed. Safe for concurrent use.
/// </summary>
internal sealed class AnswerCache(ICache cache, IChunkIndex index)
{
    // Doubled with every fourth power of hits: what is asked all day need not be answered anew every hour.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1), LongestLifetime = TimeSpan.FromHours(24);

    private const int HitsToLiveLonger = 4;

    // Keys have 36 characters; with their counts these are some 3 MB.
    private const int MostCounted = 20_000;

    // One for each knowledge base as it was read, which the questions of half a second share.
    private static readonly ConditionalWeakTable<KnowledgeBase, string> Stamps = [];

    private readonly ConcurrentDictionary<string, int> hits = new(StringComparer.Ordinal);

    public static string TagOf(string documentId) => $"document:{documentId}";

    /// <summary>The key of a question, or null when its answer cannot be kept.</summary>
    /// <param name="choice">What the question is put to, as requests choose it; null where it is quoted.</param>
    /// <param name="model">The name that an answer of it bears.</param>
    public async Task<AnswerKey?> KeyOfAsync(Question question, string? choice, string? model, CancellationToken cancellationToken)
    {
        // What follows a conversation depends on all of it; hardly anybody asks the same in the same one.
        if (question.History.Count > 0)
            return null;
        try
        {
            var generation = await index.GetGenerationAsync(question.KnowledgeBase.Id, cancellationToken);
            // Every reader of a knowledge base may read all of it, so that its id stands for the reader's rights as well.
            var key = Ids.Derive("answer", StampOf(question.KnowledgeBase), question.Prompt?.Key ?? "", question.RoutingStamp, choice ?? "", question.Language, NormalQuestion.Of(question.Asked));
            return new AnswerKey(key, generation, model, Generating.PromptComposer.PassagesOf(question.KnowledgeBase));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Retrieval meets the same failure next, and reports it.
            return null;
        }
    }

    /// <summary>What was answered before, if it would be answered from the same passages now.</summary>
    /// <param name="search">Finds the passages of the question; asked only when the index has changed since.</param>
    /// <returns>The answer, or null; and what was found, where that had to be looked at.</returns>
    public async Task<(KeptAnswer? Kept, RetrievalResult? Found)> FindAsync(AnswerKey key, Func<Task<RetrievalResult>> search, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync(key.Text, cancellationToken) is not { } value || JsonSerializer.Deserialize(value, ApiJson.Default.KeptAnswer) is not { } kept)
            return (null, null);
        RetrievalResult? found = null;
        if (kept.Generation != key.Generation)
        {
            found = await search();
            if (found.IsUnavailable || kept.Sources != SourcesOf(found, kept.Answer, key.Passages))
                return (null, found);
            kept = kept with { Generation = found.Generation };
        }

        var count = Count(key.Text);
        if (found is not null || IsPowerOf(HitsToLiveLonger, count))
            await SetAsync(key.Text, kept, LifetimeOf(count), cancellationToken);
        return (kept, found);
    }

    /// <param name="found">What the answer was made from.</param>
    public async Task KeepAsync(AnswerKey key, Answer answer, RetrievalResult found, CancellationToken cancellationToken)
    {
        // What another model wrote because the wanted one was down is not what is to be had again.
        if (answer.Degraded || found.IsUnavailable || (answer.Model is not null && answer.Model != key.Model))
            return;
        hits.TryRemove(key.Text, out _);
        await SetAsync(key.Text, new KeptAnswer(answer, found.Generation, SourcesOf(found, answer, key.Passages), Activity.Current?.TraceId.ToHexString()), Lifetime, cancellationToken);
    }

    public Task ForgetAsync(string documentId, CancellationToken cancellationToken) => cache.RemoveByTagAsync(TagOf(documentId), cancellationToken);

    private Task SetAsync(string key, KeptAnswer kept, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        string[] tags = [.. kept.Answer.Citations.Select(citation => TagOf(citation.DocumentId)).Distinct()];
        return cache.SetAsync(key, JsonSerializer.SerializeToUtf8Bytes(kept, ApiJson.Default.KeptAnswer), lifetime, tags, cancellationToken);
    }

    private int Count(string key)
    {
        // Counting anew costs an answer a longer life at most.
        if (hits.Count >= MostCounted) hits.Clear();
        return hits.AddOrUpdate(key, 1, static (_, count) => count + 1);
    }

    private static TimeSpan LifetimeOf(int hits)
    {
        var lifetime = Lifetime;
        for (var left = hits; left >= HitsToLiveLonger && lifetime < LongestLifetime; left /= HitsToLiveLonger) lifetime *= 2;
        return lifetime < LongestLifetime ? lifetime : LongestLifetime;
    }

    private static bool IsPowerOf(int number, int value)
    {
        while (value > 1 && value % number == 0) value /= number;
        return value == 1;
    }

    // All settings of a knowledge base may show in its answers, and they change seldom.
    private static string StampOf(KnowledgeBase knowledgeBase) => Stamps.GetValue(knowledgeBase, static it => Ids.Derive(
        it.Id, it.Title, JsonSerializer.Serialize(it.Settings, CoreJson.Default.KnowledgeBaseSettings)));

    // Passages that are a twentieth as likely as the best one answer nothing, so that one which comes or goes there changes
    // nothing either; unless the answer cites it.
    private static string SourcesOf(RetrievalResult found, Answer answer, int passages)
    {
        var cited = answer.Citations.Select(citation => citation.DocumentId).ToHashSet(StringComparer.Ordinal);
        var sources = found.Passages
            .Where(passage => (passage.Rank <= passages && passage.Score >= found.Passages[0].Score - Extractive.ExtractiveAnswer.FurthestBehind)
                || cited.Contains(passage.Chunk.DocumentId))
            .Select(passage => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{passage.Chunk.DocumentId}:{passage.Chunk.Version}:{passage.Chunk.Ordinal}"))
            .Order(StringComparer.Ordinal);
        return Ids.Derive([.. sources]);
    }
}
