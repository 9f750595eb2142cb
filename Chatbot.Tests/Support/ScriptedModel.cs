using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>A server that speaks OpenAI's chat API and says what the test wants, on a free port of 127.0.0.1.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _prompts = new();

    private ScriptedModel(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _prompts.Enqueue(await reader.ReadToEndAsync(context.RequestAborted));
            await answer(context);
        });
    }

    /// <summary>The bodies of the requests so far.</summary>
    public IReadOnlyCollection<string> Prompts => _prompts;

    /// <summary>What the application needs to know to use it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OPENAI_BASE_URL"] = _app.Urls.First() + "/v1",
        ["OPENAI_API_KEY"] = "test-key",
        ["CHAT_MODEL"] = "scripted",
        ["Llm:Retries"] = "0",
    };

    /// <summary>The same as one of several providers.</summary>
    /// <param name="place">From 0, in order of preference.</param>
    public Dictionary<string, string?> ProviderSettings(int place, string name) => new()
    {
        [$"Llm:Providers:{place}:Name"] = name,
        [$"Llm:Providers:{place}:BaseUrl"] = _app.Urls.First() + "/v1",
        [$"Llm:Providers:{place}:Model"] = $"model-of-{name}",
        ["Llm:RetryPause"] = "00:00:00.010",
    };

    public static async Task<ScriptedModel> StartAsync(Func<HttpContext, Task> answer)
    {
        var model = new ScriptedModel(answer);
        await model._app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    /// <summary>A model that streams these pieces and comes to its end.</summary>
    public static Task<ScriptedModel> SayingAsync(params string[] pieces) => StartAsync(async context =>
    {
        await BeginAsync(context);
        foreach (var piece in pieces)
            await SendAsync(context, piece, finish: null);
        await SendAsync(context, "", finish: "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    });

    /// <summary>A model that says these words and then all that it was told, in pieces of so many characters.</summary>
    public static async Task<ScriptedModel> EchoingAsync(int piece, string before = "")
    {
        ScriptedModel? model = null;
        model = await StartAsync(async context =>
        {
            var messages = JsonSerializer.Deserialize<JsonElement>(model!.Prompts.Last()).GetProperty("messages");
            var text = before + string.Join('\n', messages.EnumerateArray().Select(message => message.GetProperty("content").ToString()));
            await BeginAsync(context);
            foreach (var part in text.Chunk(piece))
                await SendAsync(context, new string(part), finish: null);
            await SendAsync(context, "", finish: "stop");
        });
        return model;
    }

    public static Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        return context.Response.StartAsync(context.RequestAborted);
    }

    public static async Task SendAsync(HttpContext context, string text, string? finish)
    {
        var chunk = new
        {
            id = "c1",
            @object = "chat.completion.chunk",
            created = 1_700_000_000,
            model = "scripted",
            choices = new[] { new { index = 0, delta = new { role = "assistant", content = text }, finish_reason = finish } },
        };
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>The last chunk of a whole answer, with what it cost.</summary>
    public static async Task EndAsync(HttpContext context, int inputTokens, int outputTokens)
    {
        await SendAsync(context, "", finish: "stop");
        var usage = new { prompt_tokens = inputTokens, completion_tokens = outputTokens, total_tokens = inputTokens + outputTokens };
        var chunk = new { id = "c1", @object = "chat.completion.chunk", created = 1_700_000_000, model = "scripted", choices = Array.Empty<object>(), usage };
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\ndata: [DONE]\n\n", context.RequestAborted);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
