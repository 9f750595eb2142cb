using System.Collections.Concurrent;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

/// <summary>Searches while documents change, in the process that changes them and in another one.</summary>
public sealed class ChangingIndexTests : IDisposable
{
    private const int Dimensions = 64, ChunksPerDocument = 3, Documents = 12, Deleted = 3;

    private readonly EmbeddedData data = new();
    private readonly string knowledgeBase = Ids.New();
    private readonly string[] ids = [.. Enumerable.Range(0, Documents).Select(_ => Ids.New())];

    // The version of each document that is committed, none while it is deleted; how many changes of it have begun, and how many are done.
    private readonly ConcurrentDictionary<string, (long? Version, int Begun, int Done)> committed = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_finds_whole_documents_in_one_version_and_none_older_than_when_it_began()
    {
        using var writing = await OpenAsync();
        using var reading = await OpenAsync();
        foreach (var id in ids) await PutAsync(writing, id, 1);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        List<Task> others = [
            Task.Run(() => SearchAsync(writing, done.Token), Token), Task.Run(() => SearchAsync(reading, done.Token), Token),
            Task.Run(() => SaveAsync(writing, done.Token), Token), Task.Run(() => SaveAsync(reading, done.Token), Token),
        ];

        for (var version = 2; version <= 200 && !others.Exists(o => o.IsCompleted); version++)
        {
            var number = version % Documents;
            if (number < Deleted && version / Documents % 2 == 0)
            {
                Begin(ids[number]);
                await writing.DeleteAsync(knowledgeBase, ids[number], Token);
                Commit(ids[number], null);
            }
            else await PutAsync(writing, ids[number], version);
        }

        await done.CancelAsync();
        await Task.WhenAll(others);
        await SearchOnceAsync(writing);
        await SearchOnceAsync(reading);
        using var next = await OpenAsync();
        await SearchOnceAsync(next);
    }

    [Fact]
    public async Task What_another_process_commits_is_found_by_words_and_meaning_at_once()
    {
        using var writing = await OpenAsync();
        using var reading = await OpenAsync();
        for (var version = 1; version <= 60; version++)
        {
            await PutAsync(writing, ids[version % Documents], version);

            var found = await reading.SearchAsync(Query(version), Token);

            var best = found.Candidates.Where(c => c.Chunk.Version == version).ToList();
            Assert.Equal(ChunksPerDocument, best.Count);
            Assert.All(best, c => Assert.True(c.WordScore > 0 && c.Cosine > 0.999));
            await reading.SaveAsync(everything: version % 7 == 0, Token);
        }
    }

    [Fact]
    public async Task A_document_that_is_put_while_searches_come_has_the_vectors_that_its_texts_had_before()
    {
        using var index = await OpenAsync();
        await PutAsync(index, ids[0], 1);
        await index.SearchAsync(Query(1), Token);

        // The same texts on another page, and the first page with others: nothing is made anew for them.
        await PutAsync(index, ids[1], 1, withVectors: false);
        await PutAsync(index, ids[0], 2);
        var found = await index.SearchAsync(Query(1), Token);

        var best = found.Candidates.Where(c => c.Chunk.DocumentId == ids[1]).ToList();
        Assert.Equal(ChunksPerDocument, best.Count);
        Assert.All(best, c => Assert.True(c.WordScore > 0 && c.Cosine > 0.999));
        Assert.All(found.Candidates.Where(c => c.Chunk.DocumentId == ids[0]), c => Assert.Equal(2, c.Chunk.Version));
    }

    public void Dispose() => data.Dispose();

    private async Task SearchAsync(EmbeddedChunkIndex index, CancellationToken done)
    {
        while (!done.IsCancellationRequested) await SearchOnceAsync(index);
    }

    private async Task SearchOnceAsync(EmbeddedChunkIndex index)
    {
        var before = committed.ToDictionary();
        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = knowledgeBase, Question = "shared", Vector = VectorOf(1), Limit = 100 }, Token);
        var after = committed.ToDictionary();
        var versions = found.Candidates.ToLookup(c => c.Chunk.DocumentId, c => c.Chunk.Version);
        foreach (var (id, (version, begun, ended)) in before)
        {
            var these = versions[id].ToList();
            Assert.True(these.Count is 0 or ChunksPerDocument, $"{these.Count} chunks of a document");
            Assert.Single(these.Append(these.FirstOrDefault()).Distinct());
            if (version is { } least && Array.IndexOf(ids, id) >= Deleted) Assert.True(these.Count > 0 && these[0] >= least, $"Found {these.FirstOrDefault()}, committed was {least}");
            if (version is null && begun == ended && after[id].Begun == begun) Assert.Empty(these);
        }
    }

    private static async Task SaveAsync(EmbeddedChunkIndex index, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await index.SaveAsync(everything: true, Token);
            await Task.Yield();
        }
    }

    private async Task PutAsync(EmbeddedChunkIndex index, string id, long version, bool withVectors = true)
    {
        var chunks = Enumerable.Range(0, ChunksPerDocument).Select(i => new Chunk
        {
            Id = Ids.New(), DocumentId = id, Version = version, Ordinal = i, Text = $"Shared words, mark{version}, part{i}.", Url = "https://town.example/",
        }).ToList();
        Begin(id);
        await index.ReplaceAsync(knowledgeBase, id, version, chunks, Token);
        Commit(id, version);
        if (withVectors) await index.SetVectorsAsync([.. chunks.Select(chunk => new TextVector(EmbeddingText.HashOf(chunk), VectorOf(version)))], Token);
    }

    private void Begin(string id) => committed.AddOrUpdate(id, (null, 1, 0), (_, state) => state with { Begun = state.Begun + 1 });

    private void Commit(string id, long? version) => committed[id] = committed[id] with { Version = version, Done = committed[id].Begun };

    private ChunkQuery Query(long version) => new() { KnowledgeBaseId = knowledgeBase, Question = $"mark{version}", Vector = VectorOf(version) };

    private static ReadOnlyMemory<float> VectorOf(long version)
    {
        var vector = new float[Dimensions];
        vector[version % Dimensions] = 1;
        return vector;
    }

    private async Task<EmbeddedChunkIndex> OpenAsync() =>
        new(await data.OpenMigratedAsync(), Path.Combine(data.Directory, "index"), "test", Dimensions, NullLogger<EmbeddedChunkIndex>.Instance);
}
