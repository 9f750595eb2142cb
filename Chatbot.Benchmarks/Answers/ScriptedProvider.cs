using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chatbot.Benchmarks.Answers;

/// <summary>A server that speaks OpenAI's chat API and says the same words at the same pace to everybody.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    private static readonly byte[] s_end = Encoding.UTF8.GetBytes(
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    private readonly WebApplication app;

    private ScriptedProvider(WebApplication app, int words)
    {
        this.app = app;
        Text = string.Concat(Enumerable.Range(0, words).Select(Word));
    }

    /// <summary>What it says.</summary>
    public string Text { get; }

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OPENAI_BASE_URL"] = app.Urls.First() + "/v1",
        ["OPENAI_API_KEY"] = "none",
        ["CHAT_MODEL"] = "scripted",
        ["Llm__Retries"] = "0",
    };

    public static async Task<ScriptedProvider> StartAsync(TimeSpan pause, int words, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new ScriptedProvider(app, words);
        var pieces = Enumerable.Range(0, words).Select(place => Encoding.UTF8.GetBytes(
            $"data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"scripted\",\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",\"content\":\"{Word(place)}\"}},\"finish_reason\":null}}]}}\n\n")).ToArray();
        app.MapPost("/v1/chat/completions", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var piece in pieces)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (pause > TimeSpan.Zero) await Task.Delay(pause, context.RequestAborted);
            }

            await context.Response.Body.WriteAsync(s_end, context.RequestAborted);
        });
        await app.StartAsync(cancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string Word(int place) => place == 0 ? "Words [1]" : string.Create(CultureInfo.InvariantCulture, $" w{place}");
}
