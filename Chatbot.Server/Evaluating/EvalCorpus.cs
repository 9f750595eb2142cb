using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.AI;

namespace Chatbot.Server.Evaluating;

/// <summary>A corpus of passages and questions in files: read, indexed with each passage as one chunk, given vectors.</summary>
internal static class EvalCorpus
{
    private const int TextsPerBatch = 256;

    /// <returns>How many passages there are.</returns>
    public static async Task<int> IndexAsync(IChunkIndex index, string knowledgeBaseId, FileInfo corpus, CancellationToken cancellationToken)
    {
        var passages = new List<EvalPassage>();
        await foreach (var passage in ReadAsync(corpus, EvalJson.Default.EvalPassage, cancellationToken)) passages.Add(passage);
        if ((await index.GetStateAsync(knowledgeBaseId, cancellationToken)).Chunks == passages.Count) return passages.Count;
        // One language for all: a passage of a few words alone may be taken for another one.
        var language = passages.Select(p => LanguageDetector.Detect(p.Text)).OfType<string>().GroupBy(l => l).MaxBy(g => g.Count())?.Key;
        foreach (var passage in passages)
        {
            var document = Ids.Derive("passage", passage.Id);
            var chunk = new Chunk { Id = document, DocumentId = document, Version = 1, Ordinal = 0, Text = passage.Text, Title = passage.Title, Url = passage.Id, Language = language };
            await index.ReplaceAsync(knowledgeBaseId, document, 1, [chunk], cancellationToken);
        }

        return passages.Count;
    }

    /// <summary>Gives every chunk its vector; those of an earlier run are kept.</summary>
    /// <param name="progress">Called after each batch.</param>
    public static async Task EmbedAsync(
        IChunkIndex index, IEmbeddingGenerator<string, Embedding<float>> generator, Func<CancellationToken, Task>? progress, CancellationToken cancellationToken)
    {
        while (await index.GetPendingAsync(TextsPerBatch, cancellationToken) is { Count: > 0 } pending)
        {
            var vectors = await generator.GenerateAsync(pending.Select(p => p.Text), cancellationToken: cancellationToken);
            await index.SetVectorsAsync([.. pending.Select((p, i) => new TextVector(p.TextHash, vectors[i].Vector))], cancellationToken);
            if (progress is not null) await progress(cancellationToken);
        }
    }

    /// <summary>Reads a file with one JSON object a line; empty lines count for nothing.</summary>
    /// <exception cref="CommandFailedException">A line cannot be read; the message names it.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(FileInfo file, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            T? item;
            try
            {
                item = JsonSerializer.Deserialize(line, type);
            }
            catch (JsonException error)
            {
                throw new CommandFailedException($"{file.FullName}, line {number}: {error.Message}");
            }

            if (item is not null) yield return item;
        }
    }
}

internal sealed record EvalPassage([property: JsonRequired] string Id, string? Title, [property: JsonRequired] string Text);

internal sealed record EvalQuery([property: JsonRequired] string Id, [property: JsonRequired] string Text);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EvalPassage))]
[JsonSerializable(typeof(EvalQuery))]
internal sealed partial class EvalJson : JsonSerializerContext;
