using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Streaming;

public sealed class AnswerSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_questions_over_one_socket_get_the_events_of_a_stream_each_under_its_name()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        using var socket = await ConnectAsync(app);

        await SendAsync(socket, new { id = "a", ask = new { question = "How much does a new passport cost?" } });
        await SendAsync(socket, new { id = "b", ask = new { question = "When does the library open?" } });
        var events = await ReadAsync(socket, all => all.Count(item => item.Name == "done") == 2);

        foreach (var (id, words) in new[] { ("a", "60 euros"), ("b", "opens at ten") })
        {
            var own = events.Where(item => item.Id == id).ToList();
            Assert.Equal(("meta", "sources", "done"), (own[0].Name, own[^2].Name, own[^1].Name));
            Assert.Contains(words, string.Concat(own.Where(item => item.Name == "delta").Select(item => item.Data.GetProperty("text").GetString())), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_can_be_cancelled_and_the_socket_goes_on()
    {
        var stopped = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => stopped.TrySetResult());
            await ScriptedModel.BeginAsync(context);
            // A word alone is held back: it may become the word for no answer.
            await ScriptedModel.SendAsync(context, "A new passport costs ", finish: null);
            await stopped.Task;
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        using var socket = await ConnectAsync(app);

        await SendAsync(socket, new { id = "a", ask = new { question = "How much does a new passport cost?" } });
        await ReadAsync(socket, all => all.Any(item => item.Name == "delta"));
        await SendAsync(socket, new { cancel = "a" });
        await stopped.Task.WaitAsync(Token);
        await SendAsync(socket, new { id = "b", ask = new { question = " " } });
        var events = await ReadAsync(socket, all => all.Any(item => item.Id == "b"));

        Assert.Equal("question-empty", events[^1].Data.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_no_question_is_told_and_what_is_too_much_ends_the_socket()
    {
        await using var app = await ApiApp.StartAsync(new() { ["RateLimits:QuestionsPerMinute"] = "2" });
        using var socket = await ConnectAsync(app);

        await socket.SendAsync("nonsense"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        for (var i = 0; i < 3; i++) await SendAsync(socket, new { id = $"{i}", ask = new { question = "" } });
        var events = await ReadAsync(socket, all => all.Count == 4);
        await socket.SendAsync(new byte[70_000], WebSocketMessageType.Text, true, Token);
        var closed = await socket.ReceiveAsync(new byte[1_000], Token);

        Assert.Equal("message-unreadable", events[0].Data.GetProperty("code").GetString());
        Assert.Equal("too-many", events.Single(item => item.Id == "2").Data.GetProperty("code").GetString());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, closed.CloseStatus);
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_not_listed_may_not_ask()
    {
        await using var app = await ApiApp.StartAsync();
        using var socket = await ConnectAsync(app, "https://elsewhere.example");

        await SendAsync(socket, new { id = "a", ask = new { question = "When does the library open?" } });
        var events = await ReadAsync(socket, all => all.Count == 1);

        Assert.Equal("origin-refused", events[0].Data.GetProperty("code").GetString());
    }

    private static async Task<ClientWebSocket> ConnectAsync(ApiApp app, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(new Uri(app.Client.BaseAddress!, "/api/chat/ws")) { Scheme = "ws" }.Uri, Token);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, Token);

    private static async Task<List<SocketEvent>> ReadAsync(ClientWebSocket socket, Func<List<SocketEvent>, bool> isEnough)
    {
        var (events, buffer) = (new List<SocketEvent>(), new byte[64 * 1024]);
        while (!isEnough(events))
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            var json = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(buffer, 0, length));
            events.Add(new SocketEvent(json.TryGetProperty("id", out var id) ? id.GetString() : null, json.GetProperty("event").GetString()!, json.GetProperty("data").Clone()));
        }

        return events;
    }

    private sealed record SocketEvent(string? Id, string Name, JsonElement Data);
}
