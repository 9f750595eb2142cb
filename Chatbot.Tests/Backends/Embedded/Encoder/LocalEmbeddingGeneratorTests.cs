using Chatbot.Backends.Embedded.Encoder;
using Microsoft.Extensions.AI;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class LocalEmbeddingGeneratorTests : IDisposable
{
    private readonly LocalEmbeddingGenerator _generator = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _generator.Dispose();

    [Fact]
    public async Task Questions_and_passages_get_their_prefixes_and_come_back_in_order()
    {
        foreach (var kind in new[] { EmbeddingKind.Query, EmbeddingKind.Passage })
        {
            var lines = Reference.Lines.Where(line => line.Kind == kind).ToArray();
            var options = kind == EmbeddingKind.Query ? EmbeddingKind.ForQueries() : EmbeddingKind.ForPassages();

            var vectors = await _generator.GenerateAsync(lines.Select(line => line.Text), options, Token);

            Assert.Equal(lines.Length, vectors.Count);
            Assert.Equal(lines.Sum(line => line.Ids.Length), vectors.Usage?.InputTokenCount);
            Assert.All(lines.Zip(vectors), pair => Assert.True(Reference.Cosine(pair.First.Vector, pair.Second.Vector.Span) >= 0.9995));
        }
    }

    [Fact]
    public async Task A_text_of_no_said_kind_is_a_passage()
    {
        var line = Reference.Lines.First(line => line.Kind == EmbeddingKind.Passage);

        var vector = Assert.Single(await _generator.GenerateAsync([line.Text], null, Token));

        Assert.True(Reference.Cosine(line.Vector, vector.Vector.Span) >= 0.9995);
    }

    [Fact]
    public async Task An_unknown_kind_or_another_dimension_is_refused()
    {
        var kind = new EmbeddingGenerationOptions { AdditionalProperties = new() { [EmbeddingKind.Key] = "poem" } };

        await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["x"], kind, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { Dimensions = 128 }, Token));
    }

    [Fact]
    public void It_says_which_model_it_is()
    {
        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(_generator.GetService(typeof(EmbeddingGeneratorMetadata)));

        Assert.Equal(("multilingual-e5-small-q4", 384), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public async Task No_texts_give_no_vectors()
    {
        Assert.Empty(await _generator.GenerateAsync([], null, Token));
    }

    [Fact]
    public async Task Odd_texts_get_vectors()
    {
        string[] texts =
        [
            "", "\0", "\uD800", "\uDC00\uD800", new string('\0', 1_000), new string('x', 100_000),
            string.Concat(Enumerable.Repeat("words and more words ", 250_000)),
        ];

        var vectors = await _generator.GenerateAsync(texts, null, Token);

        Assert.Equal(texts.Length, vectors.Count);
        Assert.All(vectors, vector => Assert.All(vector.Vector.ToArray(), value => Assert.True(float.IsFinite(value))));
    }

    [Theory]
    [InlineData("words and more words ", 250_000)]
    [InlineData("Rathaus", 100_000)]
    [InlineData("市民服务中心", 100_000)]
    [InlineData("a\0b\uD800c ", 100_000)]
    public async Task Of_a_text_of_megabytes_the_beginning_counts(string part, int times)
    {
        var beginning = string.Concat(Enumerable.Repeat(part, 2_000));

        var vectors = await _generator.GenerateAsync([string.Concat(Enumerable.Repeat(part, times)), beginning], null, Token);

        Assert.Equal(UnigramTokenizer.MaxIds, (await _generator.GetTokenIdsAsync(beginning, EmbeddingKind.Passage, Token)).Count);
        Assert.InRange(Reference.Cosine(vectors[0].Vector.Span, vectors[1].Vector.Span), 0.99999, 1.00001);
    }

    [Fact]
    public async Task Ids_are_those_the_vectors_are_made_of()
    {
        var line = Reference.Lines[0];

        Assert.Equal(line.Ids, await _generator.GetTokenIdsAsync(line.Text, line.Kind, Token));
    }

    [Fact]
    public async Task Questions_during_bulk_work_are_answered_before_it_is_through()
    {
        var passages = Enumerable.Range(0, 150).Select(i => $"{i} " + string.Concat(Enumerable.Repeat("ein Satz über das Rathaus. ", 20))).ToArray();
        var question = Reference.Lines.First(line => line.Kind == EmbeddingKind.Query);
        await _generator.GenerateAsync(["loaded"], null, Token);

        var bulk = _generator.GenerateAsync(passages, null, Token);
        var questions = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => _generator.GenerateAsync([question.Text], EmbeddingKind.ForQueries(), Token)));

        Assert.False(bulk.IsCompleted);
        Assert.All(questions, vectors => Assert.True(Reference.Cosine(question.Vector, vectors[0].Vector.Span) >= 0.9995));
        Assert.Equal(passages.Length, (await bulk).Count);
    }

    [Fact]
    public async Task What_is_wanted_soon_does_not_wait_for_bulk_work()
    {
        var passages = Enumerable.Range(0, 150).Select(i => $"{i} " + string.Concat(Enumerable.Repeat("ein Satz über das Rathaus. ", 20))).ToArray();
        var sentence = Reference.Lines.First(line => line.Kind == EmbeddingKind.Query);
        await _generator.GenerateAsync(["loaded"], null, Token);

        var bulk = _generator.GenerateAsync(passages, null, Token);
        var soon = await _generator.GenerateAsync(Enumerable.Repeat(sentence.Text, 20), EmbeddingKind.Soon(EmbeddingKind.Query), Token);

        Assert.False(bulk.IsCompleted);
        Assert.All(soon, vector => Assert.True(Reference.Cosine(sentence.Vector, vector.Vector.Span) >= 0.9995));
        await bulk;
    }

    [Fact]
    public async Task Cancelled_work_ends_early_and_leaves_the_generator_usable()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var bulk = _generator.GenerateAsync(Enumerable.Repeat(new string('x', 3_000), 2_000), null, source.Token);
        await _generator.GenerateAsync(["question"], EmbeddingKind.ForQueries(), Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bulk);
        Assert.Single(await _generator.GenerateAsync(["again"], null, Token));
    }

    [Fact]
    public async Task Work_that_is_still_waiting_is_cancelled_on_dispose()
    {
        await _generator.GenerateAsync(["loaded"], null, Token);
        var bulk = _generator.GenerateAsync(Enumerable.Repeat(new string('x', 3_000), 2_000), null, Token);

        _generator.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => bulk);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _generator.GenerateAsync(["late"], null, Token));
    }
}
