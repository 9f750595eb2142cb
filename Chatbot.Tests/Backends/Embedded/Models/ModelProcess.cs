using Chatbot.Backends.Embedded.Index;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Models;

/// <summary>A process on a data directory, set to one model, which may be able to ask another one. A model's vectors are what the test says.</summary>
internal sealed class ModelProcess : IDisposable
{
    private readonly string _knowledgeBase;

    private ModelProcess(Database database, string directory, string knowledgeBase, TimeProvider clock, string model, string? other)
    {
        _knowledgeBase = knowledgeBase;
        Spaces = new VectorSpaces(new VectorSpace(model, 2), other is null ? null : new VectorSpace(other, 2));
        Index = new EmbeddedChunkIndex(database, directory, Spaces, NullLogger<EmbeddedChunkIndex>.Instance);
        Queue = new VectorQueue(database, model, clock);
        var recorded = new EmbeddingModel(model, model, 2, "", "");
        Change = new ModelChange(recorded, Spaces, new EmbeddingModelRows(database, clock), Index, directory, clock, NullLogger<ModelChange>.Instance);
    }

    public VectorSpaces Spaces { get; }

    public EmbeddedChunkIndex Index { get; }

    public VectorQueue Queue { get; }

    public ModelChange Change { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ModelProcess> StartAsync(EmbeddedData data, string knowledgeBase, TimeProvider clock, string model, string? other = null)
    {
        var process = new ModelProcess(await data.OpenMigratedAsync(), Path.Combine(data.Directory, "index"), knowledgeBase, clock, model, other);
        await process.Change.RefreshAsync(Token);
        return process;
    }

    public async Task<string> AddAsync(params string[] texts)
    {
        var document = Ids.New();
        await Index.ReplaceAsync(_knowledgeBase, document, 1,
            [.. texts.Select((text, i) => new Chunk { Id = Ids.New(), DocumentId = document, Version = 1, Ordinal = i, Text = text, HeadingPath = [], Url = "https://town.example/" })], Token);
        return document;
    }

    /// <summary>What a start does: the configured model is wanted, and all texts without its vector wait.</summary>
    public async Task BeginAsync()
    {
        await Change.BeginAsync(Token);
        await Queue.CatchUpAsync(Token);
    }

    /// <summary>Gives waiting texts the same vector, at most so many.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MakeAsync(float[] vector, int most = 100)
    {
        var lease = await Queue.TakeAsync(most, Token);
        await Index.SetVectorsAsync([.. lease.Texts.Select(text => new TextVector(text.TextHash, vector, Spaces.Configured.Model))], Token);
        return lease.Texts.Count;
    }

    /// <summary>The cosines of all chunks to a question's vector of a model, rounded; null for those that it does not meet.</summary>
    public async Task<IReadOnlyList<double?>> AskAsync(float[] vector, string? model)
    {
        var found = await Index.SearchAsync(new ChunkQuery { KnowledgeBaseId = _knowledgeBase, Question = "text", Vector = vector, VectorModel = model }, Token);
        return [.. found.Candidates.Select(c => c.Cosine is { } cosine ? Math.Round(cosine, 2) : (double?)null).OrderBy(c => c)];
    }

    public Task<IndexState> StateAsync() => Index.GetStateAsync(_knowledgeBase, Token);

    public void Dispose() => Index.Dispose();
}
