using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Chatbot.Api.Answering.Sharing;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Sharing;

public sealed class SharedAnswersTests
{
    private const string Question = "How much does a new passport cost?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_the_same_while_it_is_answered_reads_along_from_the_first_word_and_outlives_who_came_first()
    {
        var goOn = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "A new passport ", finish: null);
            await goOn.Task.WaitAsync(context.RequestAborted);
            await ScriptedModel.SendAsync(context, "costs 60 euros [1].", finish: null);
            await ScriptedModel.EndAsync(context, inputTokens: 90, outputTokens: 10);
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        using var leaving = new CancellationTokenSource();
        var first = new Reader(app, Question, leaving.Token);
        await first.Begun.Task.WaitAsync(Token);

        var others = new[] { "how much does a new passport cost", Question }.Select(question => new Reader(app, question, Token)).ToList();
        foreach (var other in others) await other.Begun.Task.WaitAsync(Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Whole);
        await UntilAsync(() => app.Services.GetRequiredService<SharedAnswers>().Readers == 2);
        goOn.SetResult();
        var done = await Task.WhenAll(others.Select(other => other.Whole));

        Assert.Single(model.Prompts);
        Assert.All(others, other => Assert.Equal("A new passport costs 60 euros [1].", other.Text));
        Assert.All(done, one => Assert.False(one.GetProperty("degraded").GetBoolean()));
        // It was spent by who came first.
        Assert.All(done, one => Assert.False(one.TryGetProperty("usage", out _)));
        Assert.True((await app.AnswerAsync(Question)).GetProperty("cached").GetBoolean());
    }

    [Fact]
    public async Task The_model_is_stopped_when_all_have_left()
    {
        var stopped = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "A new passport ", finish: null);
            context.RequestAborted.Register(() => stopped.TrySetResult());
            await stopped.Task;
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        using var leaving = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => new Reader(app, Question, leaving.Token)).ToList();
        foreach (var reader in readers) await reader.Begun.Task.WaitAsync(Token);

        await leaving.CancelAsync();

        await stopped.Task.WaitAsync(Token);
        await UntilAsync(() => app.Services.GetRequiredService<SharedAnswers>().Readers == 0);
        Assert.Single(model.Prompts);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(5, Token);
    }

    /// <summary>Reads a streamed answer.</summary>
    private sealed class Reader
    {
        private readonly ConcurrentQueue<string> _pieces = new();

        public Reader(ApiApp app, string question, CancellationToken cancellationToken) => Whole = ReadAsync(app, question, cancellationToken);

        /// <summary>The first words came.</summary>
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<JsonElement> Whole { get; }

        public string Text => string.Concat(_pieces);

        private async Task<JsonElement> ReadAsync(ApiApp app, string question, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { question, stream = true }) };
            using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
            {
                var data = JsonSerializer.Deserialize<JsonElement>(item.Data);
                if (item.EventType == "done") return data;
                if (item.EventType != "delta") continue;
                _pieces.Enqueue(data.GetProperty("text").GetString()!);
                Begun.TrySetResult();
            }

            throw new InvalidOperationException("The answer broke off.");
        }
    }
}
