using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class VectorQueueTests : IDisposable
{
    private const string Model = "test";

    private readonly EmbeddedData data = new();
    private readonly ManualTimeProvider clock = new();
    private readonly string knowledgeBase = Ids.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Two_workers_never_have_the_same_text()
    {
        var database = await data.OpenMigratedAsync();
        var all = await AddAsync(database, 10);

        var one = await Queue(database).TakeAsync(4, Token);
        var other = await Queue(await data.OpenMigratedAsync()).TakeAsync(10, Token);

        Assert.Equal((4, 6), (one.Texts.Count, other.Texts.Count));
        Assert.Equal(all.Select(EmbeddingText.HashOf).Order(), one.Texts.Concat(other.Texts).Select(t => t.TextHash).Order());
        Assert.Empty((await Queue(database).TakeAsync(1, Token)).Texts);
    }

    [Fact]
    public async Task Texts_given_back_or_held_too_long_are_taken_again()
    {
        var database = await data.OpenMigratedAsync();
        await AddAsync(database, 2);
        var queue = Queue(database);
        await queue.ReleaseAsync(await queue.TakeAsync(2, Token), Token);

        Assert.Equal(2, (await queue.TakeAsync(2, Token)).Texts.Count);
        Assert.Empty((await queue.TakeAsync(2, Token)).Texts);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await queue.TakeAsync(2, Token)).Texts.Count);
    }

    [Fact]
    public async Task Texts_of_a_process_that_is_gone_are_taken_at_once()
    {
        var database = await data.OpenMigratedAsync();
        await AddAsync(database, 1);
        var lease = await Queue(database).TakeAsync(1, Token);
        // The same machine, a process that never had this start.
        var parts = lease.Name.Split('-');
        await RunAsync(database, $"UPDATE pending_vectors SET lease = '{parts[0]}-{parts[1]}-1-{parts[3]}'");

        Assert.Single((await Queue(database).TakeAsync(1, Token)).Texts);
    }

    [Fact]
    public async Task A_text_that_fails_waits_behind_the_others_and_is_parked_after_three_tries()
    {
        var database = await data.OpenMigratedAsync();
        var bad = (await AddAsync(database, 1))[0];
        var queue = Queue(database);
        var parked = new List<bool>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Single((await queue.TakeAsync(1, Token)).Texts);
            parked.Add(await queue.FailAsync(EmbeddingText.HashOf(bad), "It cannot be read.", Token));
            Assert.Empty((await queue.TakeAsync(1, Token)).Texts);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([false, false, true], parked);
        Assert.Empty((await queue.TakeAsync(1, Token)).Texts);
        Assert.Equal(new ParkedText(EmbeddingText.HashOf(bad), bad.Url, "It cannot be read."), Assert.Single(await queue.ListParkedAsync(10, Token)));
        var index = Index(database);
        Assert.Empty(await index.GetPendingAsync(10, Token));
        Assert.Equal(1, (await index.GetStateAsync(knowledgeBase, Token)).Parked);
    }

    [Fact]
    public async Task Chunks_from_before_there_were_vectors_wait_once_they_are_caught_up()
    {
        var database = await data.OpenMigratedAsync();
        var chunks = await AddAsync(database, 450);
        await RunAsync(database, "DELETE FROM pending_vectors");
        await RunAsync(database, "UPDATE chunk_rows SET text_hash = NULL");
        var queue = Queue(database);

        Assert.Equal(450, await queue.CatchUpAsync(Token));

        Assert.Equal(0, await queue.CatchUpAsync(Token));
        var waiting = await queue.TakeAsync(256, Token);
        Assert.Equal(256, waiting.Texts.Count);
        Assert.Subset(chunks.Select(EmbeddingText.HashOf).ToHashSet(), waiting.Texts.Select(t => t.TextHash).ToHashSet());
    }

    [Fact]
    public async Task Vectors_of_another_model_do_not_count_when_it_is_caught_up()
    {
        var database = await data.OpenMigratedAsync();
        var chunk = (await AddAsync(database, 1))[0];
        await SetAsync(database, chunk);
        var other = new VectorQueue(database, "other", clock);

        Assert.Equal(0, await Queue(database).CatchUpAsync(Token));
        Assert.Equal(1, await other.CatchUpAsync(Token));
        Assert.Single((await other.TakeAsync(1, Token)).Texts);
    }

    [Fact]
    public async Task Vectors_and_waiting_texts_that_no_chunk_has_are_swept_and_the_others_stay()
    {
        var database = await data.OpenMigratedAsync();
        var chunks = await AddAsync(database, 6);
        foreach (var chunk in chunks.Take(4))
            await SetAsync(database, chunk);
        // One with a vector and one without go; the newest vector is of a chunk that stays.
        await Index(database).DeleteAsync(knowledgeBase, chunks[0].DocumentId, Token);
        await Index(database).DeleteAsync(knowledgeBase, chunks[5].DocumentId, Token);
        var queue = Queue(database);

        Assert.Equal(2, await queue.SweepAsync(Token));

        Assert.Equal(0, await queue.SweepAsync(Token));
        Assert.Equal(3, (await Index(database).GetStateAsync(knowledgeBase, Token)).WithVector);
        Assert.Equal(EmbeddingText.HashOf(chunks[4]), Assert.Single((await queue.TakeAsync(10, Token)).Texts).TextHash);
    }

    [Fact]
    public async Task Texts_of_an_index_that_is_being_built_get_their_vectors_before_the_switch()
    {
        var database = await data.OpenMigratedAsync();
        await RunAsync(database, $"INSERT INTO knowledge_bases (id, name, title, settings, created_at) VALUES ('{knowledgeBase}', 'town', 'Town', '{{}}', 0)");
        var chunks = await AddAsync(database, 2);
        await SetAsync(database, chunks[0]);
        var builds = new IndexBuilds(database, Path.Combine(data.Directory, "index"), new(new(Model, 384)), Index(database).Traffic, clock);
        var queue = Queue(database);
        await builds.BeginAsync(knowledgeBase, "other", restart: false, Token);
        var halves = new[] { "one half", "other half" }.Select((text, i) => chunks[0] with { Ordinal = i, Text = text }).ToList();

        await builds.StageAsync(knowledgeBase, "other", new StagedDocument(chunks[0].DocumentId, 1, null, null, null, halves), Token);
        await builds.StageAsync(knowledgeBase, "other", new StagedDocument(chunks[1].DocumentId, 1, null, null, null, [chunks[1]]), Token);

        // The second text has no vector in the index of now either.
        Assert.Equal(2, await builds.CountMissingVectorsAsync(knowledgeBase, Token));
        Assert.Equal(0, await queue.SweepAsync(Token));
        Assert.Equal(["one half", "other half"], (await queue.TakeAsync(10, Token)).Texts.Select(t => t.Text).Where(t => t.EndsWith("half", StringComparison.Ordinal)).Order());
        foreach (var half in halves) await SetAsync(database, half);
        Assert.Equal(0, await builds.CountMissingVectorsAsync(knowledgeBase, Token));
        Assert.Equal(0, await queue.SweepAsync(Token));
        await builds.SwitchAsync(knowledgeBase, 1, Token);
        // The newest of all vectors stays in any case.
        Assert.Equal(1, await queue.SweepAsync(Token));
    }

    [Fact]
    public async Task Start_pages_and_questions_and_answers_come_before_deep_pages()
    {
        var database = await data.OpenMigratedAsync();
        string[] urls = ["https://town.example/a/b/c/d.html", "https://town.example/a/b/c/faq.html", "https://town.example/a/b.html", "https://town.example/"];
        foreach (var url in urls)
            await AddAsync(database, 1, url);

        var taken = await Queue(database).TakeAsync(10, Token);

        var order = taken.Texts.Select(t => Array.FindIndex(urls, url => t.Text.StartsWith($"{url} ", StringComparison.Ordinal))).ToList();
        Assert.Equal([1, 3], order.Take(2).Order());
        Assert.Equal([2, 0], order.Skip(2));
    }

    private async Task<List<Chunk>> AddAsync(Database database, int count, string url = "https://town.example/")
    {
        var chunks = new List<Chunk>();
        for (var i = 0; i < count; i++)
        {
            var chunk = new Chunk { Id = Ids.New(), DocumentId = Ids.New(), Version = 1, Ordinal = 0, Text = $"{url} text {i}", HeadingPath = [], Url = url };
            await Index(database).ReplaceAsync(knowledgeBase, chunk.DocumentId, 1, [chunk], Token);
            chunks.Add(chunk);
        }

        return chunks;
    }

    private Task SetAsync(Database database, Chunk chunk)
    {
        var vector = new float[384];
        vector[0] = 1;
        return Index(database).SetVectorsAsync([new TextVector(EmbeddingText.HashOf(chunk), vector)], Token);
    }

    private VectorQueue Queue(Database database) => new(database, Model, clock);

    private EmbeddedChunkIndex Index(Database database) =>
        new(database, Path.Combine(data.Directory, "index"), Model, 384, NullLogger<EmbeddedChunkIndex>.Instance);

    private static Task<int> RunAsync(Database database, string sql) => database.WriteAsync(t => t.RunAsync(sql, null, Token), Token);
}
