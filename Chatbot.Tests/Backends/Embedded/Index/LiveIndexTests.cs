using Chatbot.Backends.Embedded.Index;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class LiveIndexTests : IDisposable
{
    private readonly EmbeddedData data = new();
    private readonly VectorSpace space = new("test", 64);
    private readonly string knowledgeBase = Ids.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vector_that_comes_for_a_segment_while_it_and_others_are_merged_is_in_what_becomes_of_it()
    {
        var database = await data.OpenMigratedAsync();
        var files = new SegmentFiles(Path.Combine(data.Directory, "index"), space);
        Directory.CreateDirectory(Path.Combine(data.Directory, "index"));
        using var traffic = new SearchTraffic();
        var live = new LiveIndex(knowledgeBase, files, space, new IndexRows(database, space.Model), new VectorRows(database, space.Model), NullLogger.Instance);
        await PutAsync(database, live);
        var saving = live.BeginSaving()!;
        var written = SegmentView.Of(files.Merge(saving, traffic, Token));
        Chunk last = null!;
        for (var i = 0; i < 4; i++) last = await PutAsync(database, live);
        var small = live.BeginSmall(large: 100, isLargeWanted: false)!;
        var merged = SegmentView.Of(new SegmentMerger(small.Views, null, Token).Merge(small.KeepDeletions, chunks => new MemoryVectors(chunks, space.Dimensions)));
        await new VectorRows(database, space.Model).SetAsync([new TextVector(EmbeddingText.HashOf(last), new float[64].Select((_, i) => i == 0 ? 1f : 0).ToArray())], space.Model, Token);
        await StepAsync(database, live);

        live.End(saving, written, checkpoint: true);
        live.End(small, merged);

        Assert.Equal((2, 5, 1), (live.Snapshot!.Views.Count, live.Snapshot.Documents, live.Snapshot.CountVectors()));
    }

    public void Dispose() => data.Dispose();

    private async Task<Chunk> PutAsync(Database database, LiveIndex live)
    {
        var (id, document) = (Ids.New(), Ids.New());
        var chunk = new Chunk { Id = id, DocumentId = document, Version = 1, Ordinal = 0, Text = $"Words of {id}.", Url = "https://town.example/" };
        await new IndexRows(database, space.Model).ReplaceAsync(knowledgeBase, document, 1, [chunk], Token);
        await StepAsync(database, live);
        return chunk;
    }

    private static async Task StepAsync(Database database, LiveIndex live)
    {
        while (!await database.ReadAsync(connection => live.StepAsync(connection, Token), Token)) Token.ThrowIfCancellationRequested();
    }
}
