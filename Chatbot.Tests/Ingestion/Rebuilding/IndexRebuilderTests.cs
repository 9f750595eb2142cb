using Chatbot.Backends;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Blobs;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Chatbot.Ingestion;
using Chatbot.Ingestion.Indexing;
using Chatbot.Ingestion.Rebuilding;
using Chatbot.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Ingestion.Rebuilding;

public sealed class IndexRebuilderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_by_meaning_is_so_in_the_index_that_takes_the_others_place()
    {
        using var directory = new TemporaryDirectory();
        string knowledgeBase;
        using (var host = await StartAsync(directory.Path, 1_250))
        {
            knowledgeBase = await AddDocumentAsync(host.Services);
            var index = host.Services.GetRequiredService<IChunkIndex>();
            while (await index.GetStateAsync(knowledgeBase, Token) is not { Chunks: > 0 } state || state.WithVector < state.Chunks) await Task.Delay(10, Token);
            await host.StopAsync(Token);
        }

        using var other = await StartAsync(directory.Path, 300);
        var (builds, now) = (other.Services.GetRequiredService<IIndexBuilds>(), other.Services.GetRequiredService<IChunkIndex>());
        var before = await now.GetStateAsync(knowledgeBase, Token);
        await other.Services.GetRequiredService<IJobQueue>().PublishAsync([new ReindexRequested(knowledgeBase).ToJob()], Token);
        // Whatever searches see meanwhile, all of it has its vector.
        while (await now.GetStateAsync(knowledgeBase, Token) is var state && state.Chunks == before.Chunks)
        {
            Assert.Equal(state.Chunks, state.WithVector);
            await Task.Delay(5, Token);
        }

        var after = await now.GetStateAsync(knowledgeBase, Token);
        Assert.True(after.Chunks > before.Chunks, $"{before.Chunks} to {after.Chunks} chunks");
        Assert.Equal(after.Chunks, after.WithVector);
        Assert.Null((await builds.GetAsync(knowledgeBase, Token)).Building);
        await other.StopAsync(Token);
    }

    [Fact]
    public async Task An_index_that_has_begun_anew_does_not_take_the_others_place_for_what_was_asked_before()
    {
        using var directory = new TemporaryDirectory();
        using var host = await StartAsync(directory.Path, 1_250, isRunning: false);
        var knowledgeBase = await AddDocumentAsync(host.Services);
        var (builds, rebuilder) = (host.Services.GetRequiredService<IIndexBuilds>(), host.Services.GetRequiredService<IndexRebuilder>());
        var mark = host.Services.GetRequiredService<DocumentCutter>().Mark;
        await builds.BeginAsync(knowledgeBase, mark, restart: true, Token);
        var first = (await builds.GetAsync(knowledgeBase, Token)).Number;
        await builds.BeginAsync(knowledgeBase, mark, restart: true, Token);

        // The last step of the first one, and the word that it was complete.
        var step = await rebuilder.RebuildAsync(new ReindexRequested(knowledgeBase, "zzz", Build: first), Token);
        var word = await rebuilder.ReleaseAsync(new IndexReleased(knowledgeBase, mark), Token);
        var afterThese = await builds.GetAsync(knowledgeBase, Token);
        var own = await rebuilder.RebuildAsync(new ReindexRequested(knowledgeBase, "zzz", Build: first + 1), Token);

        Assert.Empty(step);
        Assert.Empty(word);
        Assert.Equal((mark, first + 1), (afterThese.Building, afterThese.Number));
        Assert.NotEmpty(own);
        Assert.Null((await builds.GetAsync(knowledgeBase, Token)).Building);
    }

    private static async Task<string> AddDocumentAsync(IServiceProvider services)
    {
        var knowledgeBase = (await services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token))!.Id;
        var text = string.Join("\n\n", Enumerable.Range(1, 40).Select(i => $"Street {i} is swept on day {i % 5} of the week, and whoever parks there then pays {i * 7} crowns."));
        var hash = await services.GetRequiredService<IBlobStore>().PutAsync(System.Text.Encoding.UTF8.GetBytes(text), Token);
        var seen = new DocumentSeen { KnowledgeBaseId = knowledgeBase, Url = "https://town.example/streets.txt", ContentType = "text/plain", BlobHash = hash, ContentHash = hash };
        var documents = services.GetRequiredService<DocumentStore>();
        var document = await services.GetRequiredService<Database>().WriteAsync(transaction => documents.RecordAsync(transaction, seen, Token), Token);
        await services.GetRequiredService<IJobQueue>().PublishAsync([new DocumentChanged(document.Id, document.Version).ToJob()], Token);
        return knowledgeBase;
    }

    private static async Task<IHost> StartAsync(string directory, int length, bool isRunning = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration["Data:Directory"] = directory;
        builder.Configuration["Ingestion:EmbedDelay"] = "00:00:00";
        builder.Configuration["Chunking:TargetLength"] = $"{length}";
        builder.Configuration["Chunking:MaxLength"] = $"{length + 250}";
        builder.AddBackends();
        builder.AddIngestion();
        builder.Services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(IVectorModels.TextsKey, new FirstLetters());
        var host = builder.Build();
        await host.Services.InitializeBackendsAsync(Token);
        if (isRunning) await host.StartAsync(Token);
        return host;
    }

    /// <summary>Vectors that cost nothing.</summary>
    private sealed class FirstLetters : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(VectorOf(value)))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static float[] VectorOf(string text)
        {
            var vector = new float[384];
            vector[text.Length % 384] = 1;
            return vector;
        }
    }
}
