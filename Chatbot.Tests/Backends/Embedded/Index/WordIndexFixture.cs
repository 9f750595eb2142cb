using Chatbot.Backends.Embedded.Index;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

/// <summary>An embedded index of a test's own that texts are put into and questions asked of.</summary>
internal sealed class WordIndexFixture : IDisposable
{
    private readonly EmbeddedData data = new();
    private readonly string knowledgeBase = Ids.New();
    private EmbeddedChunkIndex? index;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<Chunk> AddAsync(string text, string? language, string? title = null, params string[] headings)
    {
        var chunk = new Chunk
        {
            Id = Ids.New(), DocumentId = Ids.New(), Version = 1, Ordinal = 0, Text = text, Language = language, Title = title, HeadingPath = headings,
            Url = "https://town.example/",
        };
        await (await OpenAsync()).ReplaceAsync(knowledgeBase, chunk.DocumentId, 1, [chunk], Token);
        return chunk;
    }

    public async Task DeleteAsync(Chunk chunk) => await (await OpenAsync()).DeleteAsync(knowledgeBase, chunk.DocumentId, Token);

    /// <summary>Brings what is in memory into files, merged.</summary>
    public async Task SaveAsync()
    {
        await AskAsync("open");
        await (await OpenAsync()).SaveAsync(everything: true, Token);
    }

    public async Task<ChunkCandidates> AskAsync(string question, float[]? vector = null) =>
        await (await OpenAsync()).SearchAsync(new ChunkQuery { KnowledgeBaseId = knowledgeBase, Question = question, Vector = vector }, Token);

    /// <summary>The texts that are found, the best by words first.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string question) => [.. (await AskAsync(question)).Candidates.Select(c => c.Chunk.Text)];

    public async Task SetVectorAsync(Chunk chunk, float[] vector) =>
        await (await OpenAsync()).SetVectorsAsync([new TextVector(EmbeddingText.HashOf(chunk), vector)], Token);

    public void Dispose()
    {
        index?.Dispose();
        data.Dispose();
    }

    private async Task<EmbeddedChunkIndex> OpenAsync() => index ??= new EmbeddedChunkIndex(
        await data.OpenMigratedAsync(), Path.Combine(data.Directory, "index"), "test", 384, NullLogger<EmbeddedChunkIndex>.Instance);
}
