using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Servers.OpenAi.Embeddings;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Backends.Servers.OpenAi;

public sealed class OpenAiEmbeddingGeneratorTests
{
    private readonly WrittenLog<OpenAiEmbeddingGenerator> _log = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_go_out_in_batches_with_their_prefix_and_come_back_in_order_with_length_one()
    {
        await using var endpoint = await ScriptedEndpoint.EmbeddingAsync(text => [3 * text.Length, 4 * text.Length]);
        using var generator = Generator(endpoint, options => (options.BatchSize, options.PassagePrefix, options.QueryPrefix) = (2, "passage: ", "query: "));

        var passages = await generator.GenerateAsync(["a", "bb", "ccc"], EmbeddingKind.ForPassages(), Token);
        await generator.GenerateAsync(["why?"], EmbeddingKind.ForQueries(), Token);

        Assert.Equal([["passage: a", "passage: bb"], ["passage: ccc"], ["query: why?"]], endpoint.Requests.Select(r => ScriptedEndpoint.Texts(r.Body)));
        Assert.All(endpoint.Requests, request => Assert.Equal($"Bearer {ScriptedEndpoint.Key}", request.Authorization));
        Assert.All(endpoint.Requests, request => Assert.False(request.Body.ContainsKey("dimensions")));
        Assert.Equal(3, passages.Count);
        Assert.All(passages, passage => Assert.Equal([0.6f, 0.8f], passage.Vector.ToArray()));
        Assert.Equal(14, passages.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Vectors_find_their_texts_by_index()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) =>
            ScriptedEndpoint.SendAsync(context, """{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0]}]}"""));
        using var generator = Generator(endpoint);

        var vectors = await generator.GenerateAsync(["first", "second"], cancellationToken: Token);

        Assert.Equal([[1f, 0f], [0f, 1f]], vectors.Select(v => v.Vector.ToArray()));
    }

    [Fact]
    public async Task Odd_texts_are_sent_as_something_an_endpoint_can_read()
    {
        await using var endpoint = await ScriptedEndpoint.EmbeddingAsync(_ => [1, 0]);
        using var generator = Generator(endpoint);

        var vectors = await generator.GenerateAsync(["", "\ud800 alone", "\0"], cancellationToken: Token);

        Assert.Equal(3, vectors.Count);
        Assert.Equal([" ", "\ufffd alone", "\0"], ScriptedEndpoint.Texts(Assert.Single(endpoint.Requests).Body));
    }

    [Fact]
    public async Task Another_dimension_than_set_is_named()
    {
        await using var endpoint = await ScriptedEndpoint.EmbeddingAsync(_ => [1, 0, 0]);
        using var generator = Generator(endpoint);

        var error = await Assert.ThrowsAsync<EmbeddingEndpointException>(() => generator.GenerateAsync(["text"], cancellationToken: Token));

        Assert.Contains("vectors of 3 numbers, but Embeddings:Dimensions says 2", error.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData("""{"data":[]}""", "0 vectors for 1 texts")]
    [InlineData("""{"data":[{"index":3,"embedding":[1,0]}]}""", "the index 3")]
    [InlineData("""{"data":[{"index":0}]}""", "without \"embedding\"")]
    [InlineData("""{"data":[{"index":0,"embedding":[0,0]}]}""", "without direction")]
    [InlineData("""{"object":"error"}""", "no \"data\"")]
    [InlineData("<html>Login</html>", "something else than JSON")]
    [InlineData("", "something else than JSON")]
    public async Task An_answer_that_is_no_list_of_vectors_is_an_error_that_says_so(string answer, string said)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) => ScriptedEndpoint.SendAsync(context, answer));
        using var generator = Generator(endpoint);

        var error = await Assert.ThrowsAsync<EmbeddingEndpointException>(() => generator.GenerateAsync(["text"], cancellationToken: Token));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_endpoint_is_asked_again_when_it_wants_to_be()
    {
        var waited = new List<DateTimeOffset>();
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, number) =>
        {
            lock (waited) waited.Add(_clock.GetUtcNow());
            if (number == 3) return ScriptedEndpoint.SendVectorsAsync(context, [[1, 0]]);
            context.Response.Headers.RetryAfter = "17";
            return ScriptedEndpoint.SendAsync(context, "{}", number == 1 ? 429 : 503);
        });
        using var generator = Generator(endpoint);

        var vectors = await AdvanceUntilAsync(generator.GenerateAsync(["text"], cancellationToken: Token), TimeSpan.FromSeconds(1));

        Assert.Single(vectors);
        Assert.True(waited[1] - waited[0] >= TimeSpan.FromSeconds(17));
        Assert.True(waited[2] - waited[1] >= TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_question_does_not_wait_for_a_busy_endpoint()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) =>
        {
            context.Response.Headers.RetryAfter = "17";
            return ScriptedEndpoint.SendAsync(context, """{"error":"slow down"}""", 429);
        });
        using var generator = Generator(endpoint);

        var error = await Assert.ThrowsAsync<EmbeddingEndpointException>(() => generator.GenerateAsync(["text"], EmbeddingKind.ForQueries(), Token));

        Assert.Contains("answered 429: {\"error\":\"slow down\"}", error.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task A_question_is_asked_once_more_when_that_is_soon()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, number) =>
        {
            if (number == 2) return ScriptedEndpoint.SendVectorsAsync(context, [[1, 0]]);
            context.Response.Headers.RetryAfter = "1";
            return ScriptedEndpoint.SendAsync(context, "{}", 429);
        });
        using var generator = Generator(endpoint);

        Assert.Single(await AdvanceUntilAsync(generator.GenerateAsync(["text"], EmbeddingKind.ForQueries(), Token), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Attempts_come_to_an_end()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) => ScriptedEndpoint.SendAsync(context, "broken", 500));
        using var generator = Generator(endpoint, options => options.Retries = 2);

        await Assert.ThrowsAsync<EmbeddingEndpointException>(() => AdvanceUntilAsync(generator.GenerateAsync(["text"], cancellationToken: Token), TimeSpan.FromSeconds(1)));

        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_given_up()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var generator = Generator(endpoint, options => (options.Retries, options.Timeout) = (0, TimeSpan.FromSeconds(5)));

        var error = await Assert.ThrowsAsync<EmbeddingEndpointException>(() => AdvanceUntilAsync(generator.GenerateAsync(["text"], cancellationToken: Token), TimeSpan.FromSeconds(1)));

        Assert.Contains("did not answer within 5 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_goes_ends_the_request()
    {
        var reached = new TaskCompletionSource();
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var generator = Generator(endpoint);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var work = generator.GenerateAsync(["text"], cancellationToken: source.Token);
        await reached.Task.WaitAsync(Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task The_key_stands_neither_in_errors_nor_in_logs()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, number) =>
            ScriptedEndpoint.SendAsync(context, $"Your key {context.Request.Headers.Authorization} is worth nothing", number == 1 ? 500 : 401));
        using var generator = Generator(endpoint);

        var error = await Assert.ThrowsAsync<EmbeddingEndpointException>(() => AdvanceUntilAsync(generator.GenerateAsync(["text"], cancellationToken: Token), TimeSpan.FromSeconds(1)));

        Assert.Contains("Your key Bearer *** is worth nothing", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines.Append(error.ToString()), line => line.Contains(ScriptedEndpoint.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_keep_to_the_limit_but_a_question_does_not_wait()
    {
        var at = new List<DateTimeOffset>();
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, body, _) =>
        {
            lock (at) at.Add(_clock.GetUtcNow());
            return ScriptedEndpoint.SendVectorsAsync(context, [.. ScriptedEndpoint.Texts(body).Select(_ => new float[] { 1, 0 })]);
        });
        using var generator = Generator(endpoint, options => (options.BatchSize, options.RequestsPerMinute) = (1, 6));

        var started = _clock.GetUtcNow();
        await AdvanceUntilAsync(generator.GenerateAsync(["1", "2", "3"], cancellationToken: Token), TimeSpan.FromSeconds(1));
        var before = _clock.GetUtcNow();
        await generator.GenerateAsync(["why?"], EmbeddingKind.ForQueries(), Token);

        Assert.True(at[1] - started >= TimeSpan.FromSeconds(10));
        Assert.True(at[2] - started >= TimeSpan.FromSeconds(20));
        Assert.Equal(before, at[3]);
    }

    [Fact]
    public void Prefixes_dimensions_and_model_make_a_space_of_their_own()
    {
        EmbeddingsOptions With(Action<EmbeddingsOptions> change)
        {
            var options = new EmbeddingsOptions { Model = new string('m', 100), Dimensions = 4096 };
            change(options);
            return options;
        }

        var names = new[] { With(_ => { }), With(o => o.Dimensions = 4095), With(o => o.QueryPrefix = "query: "), With(o => o.PassagePrefix = "query: "), With(o => o.Model += "x") }.Select(o => o.SpaceName).ToList();

        Assert.Equal(5, names.Distinct().Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 64));
    }

    private OpenAiEmbeddingGenerator Generator(ScriptedEndpoint endpoint, Action<EmbeddingsOptions>? change = null)
    {
        // The clock may run ahead of the server by minutes.
        var options = new EmbeddingsOptions { Endpoint = endpoint.Url, ApiKey = ScriptedEndpoint.Key, Model = "scripted", Dimensions = 2, Timeout = TimeSpan.FromMinutes(10) };
        change?.Invoke(options);
        return new OpenAiEmbeddingGenerator(options, _clock, _log);
    }

    // Time passes only here; in between the server has the time it needs.
    private async Task<T> AdvanceUntilAsync<T>(Task<T> work, TimeSpan step)
    {
        while (await Task.WhenAny(work, Task.Delay(20, Token)) != work) _clock.Advance(step);
        return await work;
    }
}
