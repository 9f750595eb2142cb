using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Sets of passages: <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels.tsv</c> in a folder. Each passage is one chunk.</summary>
internal static class CorpusSets
{
    public static async Task<EvaluationSet> OpenAsync(string folder, string data, int every, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(folder);
        var host = await EvaluationHost.OpenAsync(Path.Combine(data, name), cancellationToken);
        var passages = File.ReadLines(Path.Combine(folder, "corpus.jsonl")).Select(line => JsonSerializer.Deserialize(line, CorpusJson.Default.CorpusPassage)!).ToList();
        if ((await host.Index.GetStateAsync(host.KnowledgeBaseId, cancellationToken)).Chunks != passages.Count)
        {
            // One language for all: a passage of a few words alone may be taken for another one.
            var language = passages.Select(p => LanguageDetector.Detect(p.Text)).OfType<string>().GroupBy(l => l).MaxBy(g => g.Count())?.Key;
            foreach (var passage in passages)
            {
                var document = Ids.Derive("passage", passage.Id);
                var chunk = new Chunk { Id = document, DocumentId = document, Version = 1, Ordinal = 0, Text = passage.Text, Title = passage.Title, Url = passage.Id, Language = language };
                await host.Index.ReplaceAsync(host.KnowledgeBaseId, document, 1, [chunk], cancellationToken);
            }
        }

        await host.EmbedAsync(cancellationToken);
        var right = File.ReadLines(Path.Combine(folder, "qrels.tsv")).Select(line => line.Split('\t')).ToLookup(cells => cells[0], cells => cells[1]);
        var questions = File.ReadLines(Path.Combine(folder, "queries.jsonl"))
            .Select(line => JsonSerializer.Deserialize(line, CorpusJson.Default.CorpusQuestion)!)
            .Where((_, i) => i % every == 0)
            .Select(q => new EvaluationQuestion(q.Id, q.Text, IsAnswerable: true, chunk => chunk.Url, right[q.Id].Contains, _ => true))
            .ToList();
        return new EvaluationSet(name, host, questions, IsSite: false);
    }
}

internal sealed record CorpusPassage(string Id, string? Title, string Text);

internal sealed record CorpusQuestion(string Id, string Text);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CorpusPassage))]
[JsonSerializable(typeof(CorpusQuestion))]
internal sealed partial class CorpusJson : JsonSerializerContext;
