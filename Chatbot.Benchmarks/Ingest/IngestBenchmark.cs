using System.Diagnostics;
using System.Globalization;
using Chatbot.Backends;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Chatbot.Core.Sites;
using Chatbot.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Ingest;

/// <summary>
/// Measures ingestion from end to end: from pages that are stored as a crawler leaves them, but not yet read, to all of them
/// searchable by their words, without the embedding model.
/// </summary>
internal static class IngestBenchmark
{
    public static async Task RunAsync(DirectoryInfo pages, int workers, TextWriter output, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("chatbot-ingest-").FullName;
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration["Data:Directory"] = directory;
            builder.Configuration["Ingestion:Embed"] = "false";
            builder.Configuration["Ingestion:Workers"] = workers.ToString(CultureInfo.InvariantCulture);
            builder.AddBackends();
            builder.AddIngestion();
            using var host = builder.Build();
            await host.Services.InitializeBackendsAsync(cancellationToken);
            var (knowledgeBase, documents) = await StoreAsync(host.Services, pages, cancellationToken);

            var queue = host.Services.GetRequiredService<IJobQueue>();
            var index = host.Services.GetRequiredService<IChunkIndex>();
            using var process = Process.GetCurrentProcess();
            var (clock, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            foreach (var some in documents.Chunk(500))
                await queue.PublishAsync([.. some.Select(document => new DocumentChanged(document, 1).ToJob())], cancellationToken);
            await host.StartAsync(cancellationToken);
            while (!(await queue.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle) await Task.Delay(20, cancellationToken);
            // The first search takes in what was written last.
            var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = knowledgeBase, Question = "vacuum" }, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            process.Refresh();
            var processor = (process.TotalProcessorTime - before).TotalSeconds;
            var state = await index.GetStateAsync(knowledgeBase, cancellationToken);
            await host.StopAsync(cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{documents.Count} stored pages to {state.Documents} searchable documents in {state.Chunks} chunks ({found.Candidates.Count} candidates for one word): {seconds:0.00} s, {documents.Count / seconds:0} pages/s; {processor:0.0} s of processor time, {documents.Count / processor:0} pages for each"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(string KnowledgeBase, List<string> Documents)> StoreAsync(IServiceProvider services, DirectoryInfo pages, CancellationToken cancellationToken)
    {
        var knowledgeBase = (await services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken))!;
        var site = new Site
        {
            Id = Ids.New(), KnowledgeBaseId = knowledgeBase.Id, Name = pages.Name, Scope = new SiteScope { StartUrls = ["https://example.org/index.html"] }, CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await services.GetRequiredService<SiteStore>().CreateAsync(site, cancellationToken);
        var (database, documents, blobs) = (services.GetRequiredService<Database>(), services.GetRequiredService<DocumentStore>(), services.GetRequiredService<IBlobStore>());
        var ids = new List<string>();
        foreach (var file in pages.EnumerateFiles("*.html").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var hash = await blobs.PutAsync(await File.ReadAllBytesAsync(file.FullName, cancellationToken), cancellationToken);
            var seen = new DocumentSeen
            {
                KnowledgeBaseId = knowledgeBase.Id, SiteId = site.Id, Url = $"https://example.org/{file.Name}", ContentType = "text/html; charset=utf-8", BlobHash = hash, ContentHash = hash,
            };
            ids.Add((await database.WriteAsync(transaction => documents.RecordAsync(transaction, seen, cancellationToken), cancellationToken)).Id);
        }

        return (knowledgeBase.Id, ids);
    }
}
