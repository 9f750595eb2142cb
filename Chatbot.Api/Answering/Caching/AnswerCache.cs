using System.Globalization;
using System.Text.Json;
using Chatbot.Core;
using Chatbot.Core.Caching;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Caching;

/// <summary>
/// Answers to first questions, so that what everybody asks is answered once. An answer holds for one generation of the
/// index, and goes earlier when a document it cites changes. Safe for concurrent use.
/// </summary>
internal sealed class AnswerCache(ICache cache, IChunkIndex index)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static string TagOf(string documentId) => $"document:{documentId}";

    /// <summary>The key of a question, or null when its answer cannot be kept.</summary>
    public async Task<AnswerKey?> KeyOfAsync(Question question, string? model, CancellationToken cancellationToken)
    {
        // What follows a conversation depends on all of it; hardly anybody asks the same in the same one.
        if (question.History.Count > 0)
            return null;
        try
        {
            var state = await index.GetStateAsync(question.KnowledgeBase.Id, cancellationToken);
            var key = Ids.Derive(
                "answer",
                question.KnowledgeBase.Id,
                question.KnowledgeBase.Title,
                question.KnowledgeBase.Settings.Contact ?? "",
                model ?? "",
                question.Language,
                state.Generation.ToString(CultureInfo.InvariantCulture),
                Normalise(question.Asked));
            return new AnswerKey(key, state.Generation, model);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Retrieval meets the same failure next, and reports it.
            return null;
        }
    }

    public async Task<Answer?> FindAsync(AnswerKey key, CancellationToken cancellationToken) =>
        await cache.GetAsync(key.Text, cancellationToken) is { } value ? JsonSerializer.Deserialize(value, ApiJson.Default.Answer) : null;

    /// <param name="generation">Of the index that the answer was made from.</param>
    public async Task KeepAsync(AnswerKey key, Answer answer, long generation, CancellationToken cancellationToken)
    {
        // What another model wrote because the wanted one was down is not what is to be had again.
        if (answer.Degraded || generation != key.Generation || (answer.Model is not null && answer.Model != key.Model))
            return;
        string[] tags = [.. answer.Citations.Select(citation => TagOf(citation.DocumentId)).Distinct()];
        await cache.SetAsync(key.Text, JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Default.Answer), Lifetime, tags, cancellationToken);
    }

    public Task ForgetAsync(string documentId, CancellationToken cancellationToken) => cache.RemoveByTagAsync(TagOf(documentId), cancellationToken);

    private static string Normalise(string question) =>
        string.Join(' ', Folding.Fold(question).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('?', '？', '.', '!', ' ');
}
