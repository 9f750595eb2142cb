using Chatbot.Backends.Data;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

/// <summary>An index that is built beside the one that searches find, and takes its place.</summary>
public sealed class IndexBuildsTests : IAsyncLifetime
{
    private const int Dimensions = 64, Documents = 24;

    private readonly EmbeddedData data = new();
    private Database database = null!;
    private DocumentStore documents = null!;
    private EmbeddedChunkIndex index = null!;
    private IndexBuilds builds = null!;
    private string knowledgeBase = "";
    private string[] ids = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await data.OpenMigratedAsync();
        documents = new DocumentStore(database, TimeProvider.System);
        index = Open(database);
        builds = new IndexBuilds(database, Path.Combine(data.Directory, "index"), new VectorSpaces(new VectorSpace("test", Dimensions)), index.Traffic, TimeProvider.System);
        var knowledgeBases = new KnowledgeBaseStore(database, TimeProvider.System);
        await knowledgeBases.EnsureDefaultAsync(Token);
        knowledgeBase = (await knowledgeBases.FindAsync(KnowledgeBase.DefaultName, Token))!.Id;
        ids = await Task.WhenAll(Enumerable.Range(0, Documents).Select(number => AddAsync($"https://town.example/{number}")));
        await builds.MarkAsync(knowledgeBase, "old", Token);
    }

    public ValueTask DisposeAsync()
    {
        index.Dispose();
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task After_a_switch_no_search_has_to_read_the_rows_again()
    {
        await index.SearchAsync(Query("alder", 1), Token);
        await builds.BeginAsync(knowledgeBase, "new", restart: false, Token);
        foreach (var id in ids)
        {
            var chunks = Cut(id, 1, "birch", "cedar");
            await builds.StageAsync(knowledgeBase, "new", new StagedDocument(id, 1, null, null, null, chunks), Token);
            await index.SetVectorsAsync([.. chunks.Select(chunk => new TextVector(EmbeddingText.HashOf(chunk), VectorOf(2)))], Token);
        }

        var before = await index.SearchAsync(Query("alder birch", 1), Token);
        var switched = await builds.SwitchAsync(knowledgeBase, 1, Token);
        var changes = await CountAsync("SELECT COUNT(*) FROM chunk_changes");
        var found = await index.SearchAsync(Query("birch", 2), Token);

        Assert.All(before.Candidates, candidate => Assert.Equal(("alder", 1), (candidate.Chunk.Text, candidate.Chunk.Version)));
        Assert.Equal((Documents, 0L), (switched, changes));
        Assert.Equal(2 * Documents, found.Candidates.Count);
        Assert.All(found.Candidates, candidate => Assert.Equal((2, true), (candidate.Chunk.Version, candidate.Cosine > 0.999)));
        Assert.Equal(Documents, found.Candidates.Count(candidate => candidate.WordScore > 0));
        Assert.Equal(2L * Documents, await CountAsync("SELECT COUNT(*) FROM chunk_rows"));
        using var next = Open(await data.OpenMigratedAsync());
        Assert.Equal(2 * Documents, (await next.GetStateAsync(knowledgeBase, Token)).WithVector);
    }

    [Fact]
    public async Task What_changes_while_one_index_takes_the_others_place_is_found_as_it_is_in_the_rows()
    {
        await builds.BeginAsync(knowledgeBase, "new", restart: false, Token);
        foreach (var id in ids[2..]) await StageAsync(id, 1, "birch", "cedar");
        using var other = Open(await data.OpenMigratedAsync());
        await other.SearchAsync(Query("alder", 1), Token);
        await index.DeleteAsync(knowledgeBase, ids[2], Token);
        var switching = Task.Run(() => builds.SwitchAsync(knowledgeBase, 1, Token), Token);

        // Some before the files are written, some while they are, some after the switch; how many of each is up to the machine, and the last one stays.
        for (var number = 3; number < Documents - 1; number++)
        {
            if (number % 3 == 0) await StageAsync(ids[number], 1, "dogwood");
            else if (number % 3 == 1) await index.DeleteAsync(knowledgeBase, ids[number], Token);
            else await index.ReplaceAsync(knowledgeBase, ids[number], 3, Cut(ids[number], 3, "elm", "fir"), Token);
            await Task.Yield();
        }

        await switching;

        var rows = await database.ReadAsync(connection => connection.ListAsync<(string Id, long Version, string Text)>("SELECT document_id, version, text FROM chunks", null, Token), Token);
        foreach (var each in (EmbeddedChunkIndex[])[index, other])
        {
            var found = (await each.SearchAsync(Query("alder birch cedar dogwood elm fir", 1), Token)).Candidates.Select(c => (c.Chunk.DocumentId, c.Chunk.Version, c.Chunk.Text));
            Assert.Equal(rows.Order(), found.Order());
        }

        Assert.Equal(2, rows.Count(row => row.Text == "alder"));
        Assert.Contains(rows, row => row.Text == "cedar");
    }

    private async Task<string> AddAsync(string url)
    {
        var hash = new string('0', 64);
        var seen = new DocumentSeen { KnowledgeBaseId = knowledgeBase, Url = url, BlobHash = hash, ContentHash = hash };
        var document = await database.WriteAsync(transaction => documents.RecordAsync(transaction, seen, Token), Token);
        await index.ReplaceAsync(knowledgeBase, document.Id, 1, Cut(document.Id, 1, "alder"), Token);
        await documents.MarkIndexedAsync(document.Id, 1, null, null, 1, Token);
        return document.Id;
    }

    private Task<bool> StageAsync(string id, long version, params string[] texts) =>
        builds.StageAsync(knowledgeBase, "new", new StagedDocument(id, version, null, null, null, Cut(id, version, texts)), Token);

    private static List<Chunk> Cut(string id, long version, params string[] texts) => [.. texts.Select((text, ordinal) => new Chunk
    {
        Id = $"{id}/{ordinal}", DocumentId = id, Version = version, Ordinal = ordinal, Text = text, Url = "https://town.example/",
    })];

    private ChunkQuery Query(string question, int direction) => new() { KnowledgeBaseId = knowledgeBase, Question = question, Vector = VectorOf(direction), Limit = 200 };

    private async Task<long> CountAsync(string sql) => (await database.ReadAsync(connection => connection.ListAsync<long>(sql, null, Token), Token))[0];

    private static ReadOnlyMemory<float> VectorOf(int direction)
    {
        var vector = new float[Dimensions];
        vector[direction] = 1;
        return vector;
    }

    private EmbeddedChunkIndex Open(Database opened) => new(opened, Path.Combine(data.Directory, "index"), "test", Dimensions, NullLogger<EmbeddedChunkIndex>.Instance);
}
