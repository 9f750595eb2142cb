using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Api;
using Chatbot.Api.Retrieval;
using Chatbot.Backends;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.AI;

namespace Chatbot.Server.Evaluating;

/// <summary><c>chatbot eval retrieval</c>: indexes a corpus of passages, searches every query, writes a run file.</summary>
internal static class EvalRetrievalCommand
{
    private const int Depth = 10, TextsPerBatch = 256;

    private static readonly Option<FileInfo> Corpus = new("--corpus") { Description = "Passages: {\"id\",\"title\",\"text\"} a line", Required = true };
    private static readonly Option<FileInfo> Queries = new("--queries") { Description = "Questions: {\"id\",\"text\"} a line", Required = true };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "Run file: query, passage, rank, score, tab-separated", Required = true };

    public static Command Create()
    {
        var command = new Command("retrieval", "Search a corpus and write a run file that a scorer reads") { Corpus, Queries, Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // A directory of its own: an evaluation neither sees nor touches what the installation knows.
        var directory = Directory.CreateTempSubdirectory("chatbot-eval-");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
            builder.Configuration["Data:Directory"] = directory.FullName;
            builder.AddBackends();
            builder.AddAnswering();
            using var host = builder.Build();
            await host.Services.InitializeBackendsAsync(cancellationToken);
            var knowledgeBase = (await host.Services.GetRequiredService<Backends.KnowledgeBases.KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken))!.Id;

            var passages = await IndexAsync(host.Services.GetRequiredService<IChunkIndex>(), knowledgeBase, parsed.GetValue(Corpus)!, cancellationToken);
            await EmbedAsync(host.Services, cancellationToken);
            var (queries, seconds) = await SearchAsync(host.Services.GetRequiredService<Retriever>(), knowledgeBase, parsed, cancellationToken);
            await Console.Error.WriteLineAsync($"{passages} passages, {queries} questions, {1000 * seconds / Math.Max(1, queries):0.00} ms a question");
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<int> IndexAsync(IChunkIndex index, string knowledgeBaseId, FileInfo corpus, CancellationToken cancellationToken)
    {
        var passages = new List<EvalPassage>();
        await foreach (var passage in ReadAsync(corpus, EvalJson.Default.EvalPassage, cancellationToken)) passages.Add(passage);
        // One language for the whole corpus: a passage of a few words alone may be taken for another one.
        var language = Language(passages);
        foreach (var passage in passages)
        {
            var document = Ids.Derive("passage", passage.Id);
            var chunk = new Chunk { Id = document, DocumentId = document, Version = 1, Ordinal = 0, Text = passage.Text, Title = passage.Title, Url = passage.Id, Language = language };
            await index.ReplaceAsync(knowledgeBaseId, document, 1, [chunk], cancellationToken);
        }

        return passages.Count;
    }

    private static async Task<(int Queries, double Seconds)> SearchAsync(Retriever retriever, string knowledgeBaseId, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var output = parsed.GetValue(Out)!.CreateText();
        var (count, started) = (0, System.Diagnostics.Stopwatch.GetTimestamp());
        await foreach (var query in ReadAsync(parsed.GetValue(Queries)!, EvalJson.Default.EvalQuery, cancellationToken))
        {
            var result = await retriever.SearchAsync(knowledgeBaseId, query.Text, Depth, cancellationToken);
            foreach (var passage in result.Passages)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{query.Id}\t{passage.Chunk.Url}\t{passage.Rank}\t{passage.Score:R}"));
            }

            count++;
        }

        return (count, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task EmbedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (index, generator) = (services.GetRequiredService<IChunkIndex>(), services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        while (await index.GetPendingAsync(TextsPerBatch, cancellationToken) is { Count: > 0 } pending)
        {
            var vectors = await generator.GenerateAsync(pending.Select(p => p.Text), cancellationToken: cancellationToken);
            await index.SetVectorsAsync([.. pending.Select((p, i) => new TextVector(p.TextHash, vectors[i].Vector))], cancellationToken);
        }
    }

    private static string? Language(IReadOnlyList<EvalPassage> passages) => passages
        .Select(p => LanguageDetector.Detect(p.Text))
        .OfType<string>()
        .GroupBy(l => l)
        .OrderByDescending(g => g.Count())
        .Select(g => g.Key)
        .FirstOrDefault();

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        FileInfo file, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
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
