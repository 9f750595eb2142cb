using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Chatbot.Tests.Backends.Chunks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class EmbeddedChunkIndexTests : ChunkIndexContract, IDisposable
{
    private readonly EmbeddedData data = new();

    private string IndexDirectory => Path.Combine(data.Directory, "index");

    protected override async Task<IChunkIndex> OpenAsync() => await OpenEmbeddedAsync();

    [Fact]
    public async Task What_was_saved_is_found_by_the_next_process_and_what_came_after_too()
    {
        var index = await OpenEmbeddedAsync();
        await AddAsync(index, "Saved before.", "en");
        var gone = await AddAsync(index, "Saved and deleted.", "en");
        await SaveAsync(index);
        await AddAsync(index, "Came after, unsaved.", "en");
        await DeleteAsync(index, gone);

        var next = await OpenEmbeddedAsync();

        Assert.Single((await SearchAsync(next, "before")).Candidates);
        Assert.Single((await SearchAsync(next, "unsaved")).Candidates);
        Assert.Empty((await SearchAsync(next, "deleted")).Candidates);
    }

    [Theory]
    [InlineData("*.seg")]
    [InlineData("*.vec")]
    public async Task Files_that_are_cut_off_while_they_are_in_use_are_made_anew(string files)
    {
        var index = await OpenEmbeddedAsync();
        var chunk = await AddAsync(index, "The ferry leaves at noon.", "en");
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(chunk), Vector(1, 0))], TestContext.Current.CancellationToken);
        await SaveAsync(index);
        var query = new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "ferry", Vector = Vector(1, 0) };
        await index.SearchAsync(query, TestContext.Current.CancellationToken);

        foreach (var path in Directory.EnumerateFiles(IndexDirectory, files, SearchOption.AllDirectories))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(0);
        }

        var found = Assert.Single((await index.SearchAsync(query, TestContext.Current.CancellationToken)).Candidates);
        Assert.True(found is { WordScore: > 0, Cosine: > 0.99 }, $"{found.WordScore}, {found.Cosine}");
    }

    [Fact]
    public async Task Many_saves_leave_few_files_and_lose_nothing()
    {
        var index = await OpenEmbeddedAsync();
        var chunks = new List<Chunk>();
        for (var i = 0; i < 60; i++)
        {
            chunks.Add(await AddAsync(index, $"Shared words and number{i}.", "en"));
            if (i % 3 == 2) await DeleteAsync(index, chunks[i - 1]);
            await SaveAsync(index);
        }

        var files = Directory.EnumerateFiles(IndexDirectory, "*.seg", SearchOption.AllDirectories).Count();
        var found = await SearchAsync(await OpenEmbeddedAsync(), "shared");

        Assert.InRange(files, 1, 8);
        Assert.Equal(40, found.Candidates.Count);
    }

    [Fact]
    public async Task Two_processes_that_save_in_turns_agree()
    {
        var (one, other) = (await OpenEmbeddedAsync(), await OpenEmbeddedAsync());
        for (var i = 0; i < 20; i++)
        {
            var index = i % 2 == 0 ? one : other;
            await AddAsync(index, $"Shared words and number{i}.", "en");
            await SaveAsync(index);
        }

        Assert.Equal(20, (await SearchAsync(one, "shared")).Candidates.Count);
        Assert.Equal(20, (await SearchAsync(other, "shared")).Candidates.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-1)]
    public async Task Lost_or_damaged_files_are_made_anew_from_the_database(int length)
    {
        var index = await OpenEmbeddedAsync();
        await AddAsync(index, "Precious words.", "en");
        await SaveAsync(index);
        // Its files are mapped while it lives.
        index.Dispose();
        foreach (var file in Directory.EnumerateFiles(IndexDirectory, "*.seg", SearchOption.AllDirectories).ToList())
        {
            if (length < 0) File.Delete(file);
            else await File.WriteAllBytesAsync(file, new byte[length], Token);
        }

        var next = await OpenEmbeddedAsync();

        Assert.Single((await SearchAsync(next, "precious")).Candidates);
    }

    public void Dispose() => data.Dispose();

    private async Task SaveAsync(EmbeddedChunkIndex index)
    {
        // Looked at first: an index saves what it has opened.
        await SearchAsync(index, "open");
        await index.SaveAsync(everything: true, Token);
    }

    private Task DeleteAsync(EmbeddedChunkIndex index, Chunk chunk) => index.DeleteAsync(KnowledgeBase, chunk.DocumentId, Token);

    private async Task<EmbeddedChunkIndex> OpenEmbeddedAsync()
    {
        var database = await data.OpenMigratedAsync();
        return new EmbeddedChunkIndex(database, IndexDirectory, "test", Dimensions, NullLogger<EmbeddedChunkIndex>.Instance);
    }
}
