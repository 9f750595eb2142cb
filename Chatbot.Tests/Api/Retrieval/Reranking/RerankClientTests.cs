using System.Diagnostics.Metrics;
using Chatbot.Api.Retrieval.Reranking;
using Chatbot.Api.Telemetry;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval.Reranking;

public sealed class RerankClientTests : IDisposable
{
    private static readonly string[] Ranked = ["first", "second", "third", "fourth"];

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WrittenLog<RerankClient> _log = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task The_best_candidates_stand_in_the_models_order_and_the_rest_behind_them()
    {
        await using var endpoint = await Answering("""{"results":[{"index":2,"relevance_score":0.9},{"index":0,"relevance_score":-3.5},{"index":1,"relevance_score":0.2}]}""");
        using var client = Client(endpoint, options => options.Candidates = 3);

        var order = await client.ReorderAsync("which?", Ranked, text => text.ToUpperInvariant(), Token);

        Assert.Equal(["third", "second", "first", "fourth"], order);
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(("rerank", $"Bearer {ScriptedEndpoint.Key}"), (request.Task, request.Authorization));
        Assert.Equal("""{"model":"scripted","query":"which?","documents":["FIRST","SECOND","THIRD"],"top_n":3,"return_documents":false}""", request.Body.ToJsonString());
    }

    [Fact]
    public async Task Documents_that_the_model_leaves_out_follow_in_their_order()
    {
        await using var endpoint = await Answering("""{"data":[{"index":3,"relevance_score":0.5}]}""");
        using var client = Client(endpoint);

        Assert.Equal([3, 0, 1, 2], await client.OrderAsync("which?", Ranked, Token));
    }

    [Theory]
    [InlineData("garbage", 200)]
    [InlineData("""{"detail":"no such model"}""", 200)]
    [InlineData("""{"results":[]}""", 200)]
    [InlineData("""{"results":[{"index":9,"relevance_score":1}]}""", 200)]
    [InlineData("""{"results":[{"index":1,"relevance_score":1},{"index":1,"relevance_score":0}]}""", 200)]
    [InlineData("""{"results":[{"index":1}]}""", 200)]
    [InlineData("overloaded", 503)]
    public async Task A_model_that_fails_leaves_the_order_as_it_was(string answer, int status)
    {
        await using var endpoint = await Answering(answer, status);
        using var errors = new Counted(_services, "rag_errors_total");
        using var client = Client(endpoint);

        var order = await client.ReorderAsync("which?", Ranked, text => text, Token);

        Assert.Equal(Ranked, order);
        Assert.Equal(1, errors.Count);
        Assert.DoesNotContain(ScriptedEndpoint.Key, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_model_is_not_waited_for()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = Client(endpoint);

        var work = client.ReorderAsync("which?", Ranked, text => text, Token);
        while (await Task.WhenAny(work, Task.Delay(20, Token)) != work) _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Ranked, await work);
        Assert.Contains("no answer within 2 s", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var endpoint = await Answering("down", 500);
        using var client = Client(endpoint);

        for (var i = 0; i < 10; i++) await client.OrderAsync("which?", Ranked, Token);
        Assert.Equal(3, endpoint.Requests.Count);
        _clock.Advance(TimeSpan.FromSeconds(31));
        await client.OrderAsync("which?", Ranked, Token);

        Assert.Equal(4, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_asked()
    {
        using var client = new RerankClient(Options.Create(new RerankOptions()), Telemetry, _clock, _log);

        Assert.Same(Ranked, await client.ReorderAsync("which?", Ranked, text => text, Token));
        Assert.Null(await client.OrderAsync("which?", Ranked, Token));
    }

    [Theory]
    [InlineData(null, "m", "Rerank:Endpoint (or RERANK_BASE_URL) is missing")]
    [InlineData("file:///etc/passwd", "m", "no URL with http or https")]
    public void Settings_that_cannot_work_are_named(string? endpoint, string model, string said)
    {
        var result = new RerankOptionsValidator().Validate(null, new RerankOptions { Endpoint = endpoint is null ? null : new Uri(endpoint), Model = model });

        Assert.Contains(result.Failures!, failure => failure.Contains(said, StringComparison.Ordinal));
    }

    private ApiTelemetry Telemetry => new(_services.GetRequiredService<IMeterFactory>());

    private static Task<ScriptedEndpoint> Answering(string json, int status = 200) => ScriptedEndpoint.StartAsync((context, _, _) => ScriptedEndpoint.SendAsync(context, json, status));

    private RerankClient Client(ScriptedEndpoint endpoint, Action<RerankOptions>? change = null)
    {
        var options = new RerankOptions { Endpoint = endpoint.Url, ApiKey = ScriptedEndpoint.Key, Model = "scripted" };
        change?.Invoke(options);
        return new RerankClient(Options.Create(options), Telemetry, _clock, _log);
    }

    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public Counted(IServiceProvider services, string name)
        {
            var scope = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name && instrument.Meter.Scope == scope) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _count, value));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
