using Chatbot.Api;
using Chatbot.Api.Retrieval;
using Chatbot.Backends;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Ingestion;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval;

/// <summary>An existing data directory, from the model that ships with the product to one at an endpoint, by the product's own services.</summary>
public sealed class EmbeddingModelChangeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_new_model_takes_over_when_all_its_vectors_are_there_and_vectors_never_mix()
    {
        await using (var before = await StartAsync([]))
        {
            await AddAsync(before, "The library lends books.", "The pool opens in May.");
            await WaitAsync(before, state => state.WithVector == 2);
        }

        var mayAnswer = new TaskCompletionSource();
        await using var endpoint = await ScriptedEndpoint.StartAsync(async (context, body, _) =>
        {
            var texts = ScriptedEndpoint.Texts(body);
            if (texts.Any(text => text.StartsWith("text: ", StringComparison.Ordinal))) await mayAnswer.Task.WaitAsync(context.RequestAborted);
            await ScriptedEndpoint.SendVectorsAsync(context, [.. texts.Select(text => text.Contains("pool", StringComparison.Ordinal) || text.Contains("swim", StringComparison.Ordinal) ? new float[] { 0, 0, 1 } : [1, 0, 0])]);
        });
        await using var after = await StartAsync(new()
        {
            ["Embeddings:Endpoint"] = endpoint.Url.ToString(), ["Embeddings:ApiKey"] = ScriptedEndpoint.Key, ["Embeddings:Model"] = "scripted", ["Embeddings:Dimensions"] = "3",
            ["Embeddings:QueryPrefix"] = "ask: ", ["Embeddings:PassagePrefix"] = "text: ",
        });
        await WaitAsync(after, state => state.AskedModel is not null);

        var meanwhile = await SearchAsync(after);
        Assert.All(meanwhile, passage => Assert.InRange(passage.Candidate.Cosine!.Value, 0.5, 0.99));

        mayAnswer.SetResult();
        var state = await WaitAsync(after, state => state.AskedModel is null);
        var now = await SearchAsync(after);
        Assert.Equal(2, state.WithVector);
        Assert.Equal(["The pool opens in May.", "The library lends books."], now.Select(passage => passage.Chunk.Text));
        Assert.Equal([1, 0], now.Select(passage => Math.Round(passage.Candidate.Cosine!.Value, 3)));
        Assert.Contains(endpoint.Requests, request => ScriptedEndpoint.Texts(request.Body).Contains("ask: Where can I swim?"));
    }

    private static async Task<IReadOnlyList<Passage>> SearchAsync(WebApplication app)
    {
        var result = await app.Services.GetRequiredService<Retriever>().SearchAsync(await KnowledgeBaseOf(app), "Where can I swim?", 5, Token);
        Assert.False(result.IsUnavailable);
        return result.Passages;
    }

    private static async Task AddAsync(WebApplication app, params string[] texts)
    {
        foreach (var text in texts)
        {
            var document = Ids.New();
            var chunk = new Chunk { Id = Ids.New(), DocumentId = document, Version = 1, Ordinal = 0, Text = text, Url = $"https://town.example/{document}", Language = "en" };
            await app.Services.GetRequiredService<IChunkIndex>().ReplaceAsync(await KnowledgeBaseOf(app), document, 1, [chunk], Token);
        }
    }

    private static async Task<IndexState> WaitAsync(WebApplication app, Func<IndexState, bool> until)
    {
        while (true)
        {
            var state = await app.Services.GetRequiredService<IChunkIndex>().GetStateAsync(await KnowledgeBaseOf(app), Token);
            if (until(state)) return state;
            await Task.Delay(50, Token);
        }
    }

    private static async Task<string> KnowledgeBaseOf(WebApplication app) =>
        (await app.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token))!.Id;

    private async Task<WebApplication> StartAsync(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Configuration["Data:Directory"] = _directory.Path;
        builder.Configuration["Ingestion:EmbedDelay"] = "00:00:00";
        foreach (var (key, value) in Unhurried.Settings.Concat(settings)) builder.Configuration[key] = value;
        builder.AddBackends();
        builder.AddIngestion();
        builder.AddAnswering();
        var app = builder.Build();
        await app.InitializeBackendsAsync(Token);
        await app.StartAsync(Token);
        return app;
    }
}
