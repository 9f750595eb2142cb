using System.CommandLine;
using System.Globalization;
using Chatbot.Api;
using Chatbot.Api.Retrieval;
using Chatbot.Backends;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.AI;

namespace Chatbot.Server.Evaluating;

/// <summary><c>chatbot eval retrieval</c>: indexes a corpus of passages, searches every query, writes a run file.</summary>
internal static class EvalRetrievalCommand
{
    private const int Depth = 10;

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

            var index = host.Services.GetRequiredService<IChunkIndex>();
            var passages = await EvalCorpus.IndexAsync(index, knowledgeBase, parsed.GetValue(Corpus)!, cancellationToken);
            await EvalCorpus.EmbedAsync(index, host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), null, cancellationToken);
            var (queries, seconds) = await SearchAsync(host.Services.GetRequiredService<Retriever>(), knowledgeBase, parsed, cancellationToken);
            await Console.Error.WriteLineAsync($"{passages} passages, {queries} questions, {1000 * seconds / Math.Max(1, queries):0.00} ms a question");
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<(int Queries, double Seconds)> SearchAsync(Retriever retriever, string knowledgeBaseId, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var output = parsed.GetValue(Out)!.CreateText();
        var (count, started) = (0, System.Diagnostics.Stopwatch.GetTimestamp());
        await foreach (var query in EvalCorpus.ReadAsync(parsed.GetValue(Queries)!, EvalJson.Default.EvalQuery, cancellationToken))
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
}
