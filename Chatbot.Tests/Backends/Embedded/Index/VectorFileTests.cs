using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Chatbot.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class VectorFileTests : IDisposable
{
    private const int Dimensions = 384;

    private readonly EmbeddedData data = new();
    private readonly string knowledgeBase = Ids.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vectors_are_found_by_the_next_process_whether_they_came_before_or_after_saving()
    {
        var index = await OpenAsync();
        var chunks = await AddAsync(index, 6);
        await SetAsync(index, chunks[..2]);
        await SaveAsync(index);
        await SetAsync(index, chunks[2..4]);
        await SaveAsync(index);
        await SetAsync(index, chunks[4..]);

        var next = await OpenAsync();

        Assert.Equal([0, 1, 2, 3, 4, 5], await FoundAsync(next, chunks));
        Assert.Equal(6, (await next.GetStateAsync(knowledgeBase, Token)).WithVector);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("empty")]
    [InlineData("short")]
    [InlineData("garbage")]
    public async Task Files_that_are_lost_or_damaged_are_made_anew_from_the_database(string damage)
    {
        var index = await OpenAsync();
        var chunks = await AddAsync(index, 6);
        await SetAsync(index, chunks);
        await SaveAsync(index);
        // Its files are mapped while it lives.
        index.Dispose();
        foreach (var path in Directory.EnumerateFiles(data.Directory, "*.vec", SearchOption.AllDirectories).ToList())
        {
            var length = new FileInfo(path).Length;
            if (damage == "gone") File.Delete(path);
            else await File.WriteAllBytesAsync(path, damage switch { "empty" => [], "short" => new byte[100], _ => [.. Enumerable.Repeat((byte)0xA5, (int)length)] }, Token);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], await FoundAsync(await OpenAsync(), chunks));
        Assert.Equal([0, 1, 2, 3, 4, 5], await FoundAsync(await OpenAsync(), chunks));
    }

    [Fact]
    public async Task What_a_process_that_died_had_not_flushed_is_read_again()
    {
        var index = await OpenAsync();
        var chunks = await AddAsync(index, 6);
        await SetAsync(index, chunks[..2]);
        await SaveAsync(index);
        await SetAsync(index, chunks[2..]);
        Assert.Equal(6, (await FoundAsync(index, chunks)).Count);
        // What the system had not written when the power went: zeros behind the head.
        foreach (var path in Directory.EnumerateFiles(data.Directory, "*.vec", SearchOption.AllDirectories))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.Write(file, new byte[16], 64 + (2 * sizeof(float)));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], await FoundAsync(await OpenAsync(), chunks));
    }

    [Fact]
    public async Task Vectors_of_another_model_do_not_count()
    {
        var index = await OpenAsync();
        var chunks = await AddAsync(index, 3);
        await SetAsync(index, chunks);
        await SaveAsync(index);

        var other = await OpenAsync("another");

        Assert.Empty(await FoundAsync(other, chunks));
        Assert.Equal(0, (await other.GetStateAsync(knowledgeBase, Token)).WithVector);
        Assert.Equal([0, 1, 2], await FoundAsync(await OpenAsync(), chunks));
    }

    [Fact]
    public async Task Vectors_that_come_while_files_are_merged_are_not_lost()
    {
        var index = await OpenAsync();
        var chunks = new List<Chunk>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var saver = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await SaveAsync(index);
        }, Token);
        for (var i = 0; i < 30; i++)
        {
            chunks.AddRange(await AddAsync(index, 5));
            await SetAsync(index, chunks[^5..]);
            await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = knowledgeBase, Question = "?", Vector = VectorOf(i) }, Token);
        }

        await stop.CancelAsync();
        await saver;

        Assert.Equal(150, (await index.GetStateAsync(knowledgeBase, Token)).WithVector);
        Assert.Equal(150, (await (await OpenAsync()).GetStateAsync(knowledgeBase, Token)).WithVector);
    }

    public void Dispose() => data.Dispose();

    private async Task<EmbeddedChunkIndex> OpenAsync(string model = "test") =>
        new(await data.OpenMigratedAsync(), Path.Combine(data.Directory, "index"), model, Dimensions, NullLogger<EmbeddedChunkIndex>.Instance);

    private async Task SaveAsync(EmbeddedChunkIndex index)
    {
        await index.GetStateAsync(knowledgeBase, Token);
        await index.SaveAsync(everything: true, Token);
    }

    private async Task<List<Chunk>> AddAsync(EmbeddedChunkIndex index, int count)
    {
        var chunks = new List<Chunk>();
        for (var i = 0; i < count; i++)
        {
            var chunk = new Chunk { Id = Ids.New(), DocumentId = Ids.New(), Version = 1, Ordinal = 0, Text = $"Text {Ids.New()}", Url = "https://town.example/" };
            await index.ReplaceAsync(knowledgeBase, chunk.DocumentId, 1, [chunk], Token);
            chunks.Add(chunk);
        }

        return chunks;
    }

    // Each chunk has an axis of its own.
    private static Task SetAsync(EmbeddedChunkIndex index, List<Chunk> chunks) =>
        index.SetVectorsAsync([.. chunks.Select(chunk => new TextVector(EmbeddingText.HashOf(chunk), VectorOf(Axis(chunk))))], Token);

    private async Task<List<int>> FoundAsync(EmbeddedChunkIndex index, List<Chunk> chunks)
    {
        var found = new List<int>();
        for (var i = 0; i < chunks.Count; i++)
        {
            var result = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = knowledgeBase, Question = "?", Vector = VectorOf(Axis(chunks[i])) }, Token);
            if (result.Candidates.Any(c => c.Chunk.Id == chunks[i].Id && c.Cosine > 0.99)) found.Add(i);
        }

        return found;
    }

    private static int Axis(Chunk chunk) => (int)(Convert.ToUInt32(EmbeddingText.HashOf(chunk)[..8], 16) % Dimensions);

    private static ReadOnlyMemory<float> VectorOf(int axis)
    {
        var vector = new float[Dimensions];
        vector[axis] = 1;
        return vector;
    }
}
