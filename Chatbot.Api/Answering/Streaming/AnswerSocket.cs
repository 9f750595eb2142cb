using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chatbot.Api.Widgets;
using Chatbot.Backends.KnowledgeBases;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>
/// Questions and answers over one WebSocket. The client sends <see cref="SocketRequest"/>s; each event of an answer comes as
/// <c>{"id","event","data"}</c> with the data of the server-sent events. One caller reads, sending is serialised.
/// </summary>
internal sealed class AnswerSocket : IDisposable
{
    // A question of 8,000 characters has 48,000 bytes at most when each is escaped.
    private const int LargestMessage = 64 * 1024;
    private const int MostAtOnce = 4;
    private const int LongestId = 64;

    // Pings keep the connection; a client that asks nothing for so long is not there.
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(15);

    private readonly WebSocket socket;
    private readonly HttpContext context;
    private readonly Answerer answerer;
    private readonly KnowledgeBaseMemory knowledgeBases;
    private readonly SocketLimits limits;
    private readonly JsonSerializerOptions json;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly string client;

    private AnswerSocket(WebSocket socket, HttpContext context)
    {
        (this.socket, this.context) = (socket, context);
        var services = context.RequestServices;
        (answerer, knowledgeBases, limits) = (services.GetRequiredService<Answerer>(), services.GetRequiredService<KnowledgeBaseMemory>(), services.GetRequiredService<SocketLimits>());
        json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        client = context.Connection.RemoteIpAddress?.ToString() ?? "";
    }

    public static async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await TypedResults.Problem("Connect with a WebSocket client, or POST /api/chat.", statusCode: StatusCodes.Status400BadRequest, title: "This address speaks WebSocket").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var answers = new AnswerSocket(socket, context);
        try
        {
            await answers.RunAsync(context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The client left; nobody is there to be told.
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task RunAsync(CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var answers = new ConcurrentDictionary<Task, bool>();
        try
        {
            while (await ReceiveAsync(ending.Token) is { } message)
            {
                if (Read(message) is not { } request)
                {
                    await SendErrorAsync(null, AskProblem.UnreadableMessage, ending.Token);
                }
                else if (request.Cancel is { } cancelled)
                {
                    if (running.TryGetValue(cancelled, out var stopped)) await stopped.CancelAsync();
                }
                else if (await BeginAsync(request, ending.Token) is { } answer)
                {
                    answers[answer] = true;
                    _ = answer.ContinueWith(done => answers.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(answers.Keys);
        }
    }

    /// <returns>The answer as it is sent; null when the question was turned away.</returns>
    private async Task<Task?> BeginAsync(SocketRequest request, CancellationToken cancellationToken)
    {
        var id = request.Id ?? "";
        if (id.Length > LongestId || running.ContainsKey(id)) await SendErrorAsync(null, AskProblem.UnreadableMessage, cancellationToken);
        else if (running.Count >= MostAtOnce || !limits.Allows(client)) await SendErrorAsync(id, AskProblem.TooMany, cancellationToken);
        else if (await knowledgeBases.FindAsync(request.Question().KnowledgeBaseOrDefault, cancellationToken) is { } knowledgeBase && !AllowedOrigins.Allows(knowledgeBase, context.Request))
            await SendErrorAsync(id, AskProblem.RefusedOrigin, cancellationToken);
        else return AnswerAsync(id, request.Question(), running[id] = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
        return null;
    }

    private async Task AnswerAsync(string id, AskRequest question, CancellationTokenSource cancelling)
    {
        try
        {
            await foreach (var happened in answerer.AskAsync(question, cancelling.Token))
                await SendAsync(id, happened, cancelling.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // It was cancelled, or the client left.
        }
        finally
        {
            running.TryRemove(id, out _);
            cancelling.Dispose();
        }
    }

    private Task SendAsync(string id, AnswerEvent happened, CancellationToken cancellationToken) => happened switch
    {
        AnswerEvent.Meta it => SendAsync(id, "meta", it, cancellationToken),
        AnswerEvent.Delta it => SendAsync(id, "delta", it, cancellationToken),
        AnswerEvent.Sources it => SendAsync(id, "sources", it, cancellationToken),
        AnswerEvent.Passages it => SendAsync(id, "passages", it.Found, cancellationToken),
        AnswerEvent.Trace it => SendAsync(id, "trace", it, cancellationToken),
        AnswerEvent.Done it => SendAsync(id, "done", it, cancellationToken),
        AnswerEvent.Error it => SendErrorAsync(id, it.Problem, cancellationToken),
        _ => throw new UnreachableException($"Unhandled {happened}"),
    };

    private Task SendErrorAsync(string? id, AskProblem problem, CancellationToken cancellationToken) => SendAsync(id, "error", problem, cancellationToken);

    private async Task SendAsync<T>(string? id, string name, T data, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new SocketReply(id, name, JsonSerializer.SerializeToElement(data, (JsonTypeInfo<T>)json.GetTypeInfo(typeof(T)))), ApiJson.Default.SocketReply);
        await turn.WaitAsync(cancellationToken);
        try
        {
            // A frame that was begun is finished: half of one would end the connection for the other answers, too.
            if (socket.State == WebSocketState.Open) await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>The next message, or null when the client closes, sends too much or no text, or is idle.</returns>
    private async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        using var message = new MemoryStream();
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(IdleLimit);
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), idle.Token);
                if (received.MessageType == WebSocketMessageType.Close) return await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
                if (received.MessageType == WebSocketMessageType.Binary) return await CloseAsync(WebSocketCloseStatus.InvalidMessageType, "Send text.");
                message.Write(buffer, 0, received.Count);
                if (message.Length > LargestMessage) return await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A message has at most {LargestMessage} bytes.");
                if (received.EndOfMessage) return message.ToArray();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<byte[]?> CloseAsync(WebSocketCloseStatus status, string reason)
    {
        await turn.WaitAsync(context.RequestAborted);
        try
        {
            await socket.CloseOutputAsync(status, reason, context.RequestAborted);
        }
        finally
        {
            turn.Release();
        }

        return null;
    }

    private static SocketRequest? Read(byte[] message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, ApiJson.Default.SocketRequest);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
