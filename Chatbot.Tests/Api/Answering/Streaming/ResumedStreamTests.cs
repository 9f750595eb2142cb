using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Chatbot.Api.Answering.Streaming;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Streaming;

public sealed class ResumedStreamTests
{
    private const string Question = "How much does a new passport cost?";

    // With a trace, no answer is taken from the cache.
    private static readonly object s_uncached = new { trace = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_whose_connection_broke_reads_on_after_the_last_event_he_saw()
    {
        var release = new TaskCompletionSource();
        await using var model = await PausingAsync(release.Task);
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        var seen = await ReadUntilAsync(app, app.Client.BaseAddress!, "delta");
        release.SetResult();
        using var response = await ResumeAsync(app, StreamOf(seen), seen[^1].EventId);
        var rest = await SseReader.ReadAllAsync(response);

        Assert.Equal("It costs 60 euros at most [1].", seen.Concat(rest).Text());
        Assert.Equal(Enumerable.Range(1, seen.Count + rest.Count).Select(number => $"{number}"), seen.Concat(rest).Select(item => item.EventId));
        Assert.Equal("done", rest[^1].EventType);
    }

    [Fact]
    public async Task An_answer_that_is_over_can_be_read_for_a_minute_and_only_by_who_knows_its_id()
    {
        var clock = new ManualTimeProvider();
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await app.AddTownAsync();
        using var first = await app.AskAsync(new { question = Question, resumable = true });
        var all = await SseReader.ReadAllAsync(first);

        using var again = await ResumeAsync(app, StreamOf(all), "0");
        var repeated = await SseReader.ReadAllAsync(again);
        using var foreign = await ResumeAsync(app, new string('0', 32), "0");
        // What ends it runs beside: the clock is moved until it has seen it.
        var last = HttpStatusCode.OK;
        while (last != HttpStatusCode.NotFound)
        {
            clock.Advance(OngoingAnswers.Kept);
            using var late = await ResumeAsync(app, StreamOf(all), "0");
            last = late.StatusCode;
        }

        Assert.Equal(all.Select(item => (item.EventId, item.EventType, item.Data)), repeated.Select(item => (item.EventId, item.EventType, item.Data)));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal("stream-unknown", (await ApiApp.JsonAsync(foreign)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_visitor_who_does_not_come_back_or_stops_the_answer_stops_the_model()
    {
        var clock = new ManualTimeProvider();
        var stopped = new System.Collections.Concurrent.BlockingCollection<bool>();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros ", finish: null);
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            stopped.Add(true);
        });
        var settings = model.Settings;
        settings["Generation:NextTokenTimeout"] = "00:10:00";
        await using var app = await ApiApp.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        await app.AddTownAsync();

        var left = await ReadUntilAsync(app, app.Client.BaseAddress!, "delta");
        // The server learns of the broken connection a moment later; only then does its patience begin.
        while (!stopped.TryTake(out _, TimeSpan.FromMilliseconds(20))) clock.Advance(OngoingAnswer.Patience / 2);
        var other = await ReadUntilAsync(app, app.Client.BaseAddress!, "delta");
        using var deleted = await app.Client.DeleteAsync(new Uri($"/api/chat/streams/{StreamOf(other)}", UriKind.Relative), Token);
        stopped.Take(Token);

        Assert.NotEqual(StreamOf(left), StreamOf(other));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Nginx_with_its_own_buffering_passes_each_word_on_and_a_broken_way_is_taken_up_again()
    {
        var release = new TaskCompletionSource();
        await using var model = await PausingAsync(release.Task);
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        await using var proxy = await NginxProxy.StartAsync(app.Client.BaseAddress!, Token);

        // The model has not said its second word: what nginx held back would never come.
        var seen = await ReadUntilAsync(app, proxy.Address, "delta");
        await proxy.DisposeAsync();
        await using var other = await NginxProxy.StartAsync(app.Client.BaseAddress!, Token);
        release.SetResult();
        using var client = new HttpClient { BaseAddress = other.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/streams/{StreamOf(seen)}") { Headers = { { "Last-Event-ID", seen[^1].EventId }, { "Accept-Encoding", "gzip" } } };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var rest = await SseReader.ReadAllAsync(response);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("It costs 60 euros at most [1].", seen.Concat(rest).Text());
    }

    [Fact]
    public async Task Two_hundred_streams_at_once_lose_nothing()
    {
        const int Streams = 200;
        var (open, all) = (0, new TaskCompletionSource());
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty ", finish: null);
            // Nobody's answer goes on before everybody's has begun.
            if (Interlocked.Increment(ref open) == Streams) all.SetResult();
            await all.Task.WaitAsync(context.RequestAborted);
            for (var i = 0; i < 10; i++) await ScriptedModel.SendAsync(context, $"w{i} ", finish: null);
            await ScriptedModel.SendAsync(context, "euros [1].", finish: "stop");
        });
        var settings = model.Settings;
        settings["RateLimits:QuestionsPerMinute"] = "0";
        settings["Generation:FirstTokenTimeout"] = "00:05:00";
        settings["Generation:NextTokenTimeout"] = "00:05:00";
        await using var app = await ApiApp.StartAsync(settings);
        await app.AddTownAsync();

        var texts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async place =>
        {
            using var response = await app.AskAsync(new { question = Question, resumable = place % 2 == 0, options = s_uncached });
            return (await SseReader.ReadAllAsync(response)).Text();
        }));

        Assert.Equal("Sixty w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 euros [1].", Assert.Single(texts.Distinct()));
    }

    private static Task<ScriptedModel> PausingAsync(Task release) => ScriptedModel.StartAsync(async context =>
    {
        await ScriptedModel.BeginAsync(context);
        await ScriptedModel.SendAsync(context, "It costs 60 euros ", finish: null);
        await release.WaitAsync(context.RequestAborted);
        await ScriptedModel.SendAsync(context, "at most ", finish: null);
        await ScriptedModel.SendAsync(context, "[1].", finish: "stop");
    });

    /// <summary>Asks, reads up to an event and breaks the connection.</summary>
    private static async Task<List<SseItem<string>>> ReadUntilAsync(ApiApp app, Uri address, string name)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { question = Question, resumable = true, options = s_uncached }) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = new List<SseItem<string>>();
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Token))
        {
            events.Add(item);
            if (item.EventType == name) break;
        }

        return events;
    }

    private static string StreamOf(IEnumerable<SseItem<string>> events) => events.Data("meta").GetProperty("streamId").GetString()!;

    private static Task<HttpResponseMessage> ResumeAsync(ApiApp app, string stream, string? after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/streams/{stream}") { Headers = { { "Last-Event-ID", after } } };
        return app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
