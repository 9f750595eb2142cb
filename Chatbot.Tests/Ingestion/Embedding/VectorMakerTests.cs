using Chatbot.Backends.Embedded.Index;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Ingestion.Embedding;
using Chatbot.Tests.Backends.Embedded;
using Chatbot.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Ingestion.Embedding;

public sealed class VectorMakerTests : IDisposable
{
    private readonly EmbeddedData data = new();
    private readonly ManualTimeProvider clock = new();
    private readonly PickyModel model = new();
    private readonly string knowledgeBase = Ids.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_text_on_which_the_model_always_fails_does_not_hold_up_those_behind_it()
    {
        var (index, queue, maker) = await OpenAsync();
        await AddAsync(index, [PickyModel.Poison, .. Enumerable.Range(0, 20).Select(i => $"Text {i}")]);

        for (var minute = 0; minute < 4; minute++)
        {
            while (await maker.MakeAsync(Token))
            {
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var state = await index.GetStateAsync(knowledgeBase, Token);
        Assert.Equal((20, 1), (state.WithVector, state.Parked));
        Assert.Equal("This text is too odd.", Assert.Single(await queue.ListParkedAsync(10, Token)).Reason);
        Assert.Equal(3, model.Refused.Count(batch => batch == 1));
        Assert.Empty(await index.GetPendingAsync(10, Token));
    }

    [Fact]
    public async Task A_model_that_is_down_costs_no_text_a_try()
    {
        var (index, queue, maker) = await OpenAsync();
        await AddAsync(index, ["One", "Two"]);
        model.Down = true;

        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => maker.MakeAsync(Token));
        model.Down = false;
        await maker.MakeAsync(Token);

        Assert.Equal(2, (await index.GetStateAsync(knowledgeBase, Token)).WithVector);
        Assert.Empty(await queue.ListParkedAsync(10, Token));
    }

    [Fact]
    public async Task Vectors_that_are_not_numbers_are_a_failure_of_their_text()
    {
        var (index, _, maker) = await OpenAsync();
        await AddAsync(index, [PickyModel.NotANumber, "Two"]);

        await maker.MakeAsync(Token);

        Assert.Equal(1, (await index.GetStateAsync(knowledgeBase, Token)).WithVector);
    }

    [Fact]
    public async Task Work_that_is_cancelled_gives_its_texts_back()
    {
        var (index, queue, maker) = await OpenAsync();
        await AddAsync(index, ["One", "Two"]);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        model.Before = source.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => maker.MakeAsync(source.Token));

        Assert.Equal(2, (await queue.TakeAsync(10, Token)).Texts.Count);
    }

    private async Task<(EmbeddedChunkIndex Index, VectorQueue Queue, VectorMaker Maker)> OpenAsync()
    {
        var database = await data.OpenMigratedAsync();
        var index = new EmbeddedChunkIndex(database, Path.Combine(data.Directory, "index"), "test", 2, NullLogger<EmbeddedChunkIndex>.Instance);
        var queue = new VectorQueue(database, "test", clock);
        return (index, queue, new VectorMaker(queue, index, model, NullLogger<VectorMaker>.Instance));
    }

    // The first has the first rank: it is taken with the first batch.
    private async Task AddAsync(EmbeddedChunkIndex index, IReadOnlyList<string> texts)
    {
        var document = Ids.New();
        await index.ReplaceAsync(knowledgeBase, document, 1,
            [.. texts.Select((text, i) => new Chunk { Id = Ids.New(), DocumentId = document, Version = 1, Ordinal = i, Text = text, HeadingPath = [], Url = "https://town.example/" })], Token);
    }

    private sealed class PickyModel : IEmbeddingGenerator<string, Embedding<float>>
    {
        public const string Poison = "poison", NotANumber = "not a number";

        public bool Down { get; set; }

        public Action? Before { get; set; }

        public List<int> Refused { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Before?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            var texts = values.ToList();
            if (Down) throw new HttpRequestException("No connection.");
            if (texts.Contains(Poison))
            {
                Refused.Add(texts.Count);
                throw new FormatException("This text is too odd.");
            }

            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                texts.Select(text => new Embedding<float>(text == NotANumber ? new[] { float.NaN, 0 } : [0.6f, 0.8f]))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
