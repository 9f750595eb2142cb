using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>A server with models for retrieval, <c>/v1/embeddings</c> and <c>/v1/rerank</c>, that answers what the test wants, on a free port of 127.0.0.1.</summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    public const string Key = "sk-very-secret-0815";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();

    private ScriptedEndpoint(Func<HttpContext, JsonObject, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        var count = 0;
        _app.MapPost("/v1/{task}", async (HttpContext context, string task) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = JsonNode.Parse(await reader.ReadToEndAsync(context.RequestAborted))!.AsObject();
            _requests.Enqueue(new ScriptedRequest(task, body, context.Request.Headers.Authorization.ToString()));
            await answer(context, body, Interlocked.Increment(ref count));
        });
    }

    public Uri Url => new(_app.Urls.First() + "/v1/");

    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <param name="answer">Gets the body and the request's number, from 1.</param>
    public static async Task<ScriptedEndpoint> StartAsync(Func<HttpContext, JsonObject, int, Task> answer)
    {
        var endpoint = new ScriptedEndpoint(answer);
        await endpoint._app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    /// <summary>A model that gives each text the vector that a function says.</summary>
    public static Task<ScriptedEndpoint> EmbeddingAsync(Func<string, float[]> vectorOf) =>
        StartAsync((context, body, _) => SendVectorsAsync(context, [.. Texts(body).Select(vectorOf)]));

    public static IReadOnlyList<string> Texts(JsonObject body) => [.. body["input"]!.AsArray().Select(text => (string)text!)];

    public static Task SendVectorsAsync(HttpContext context, IReadOnlyList<float[]> vectors) =>
        SendAsync(context, JsonSerializer.Serialize(new { data = vectors.Select((embedding, index) => new { index, embedding }), usage = new { total_tokens = 7 } }));

    public static Task SendAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <param name="Task">The last segment of the path.</param>
internal sealed record ScriptedRequest(string Task, JsonObject Body, string Authorization);
