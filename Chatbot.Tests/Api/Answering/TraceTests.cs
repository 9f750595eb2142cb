using System.Net;
using System.Text.Json;
using Chatbot.Backends.Conversations;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class TraceTests
{
    private const string Question = "How much does a new passport cost?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_trace_id_of_an_answer_opens_its_steps_with_the_prompt_which_askers_do_not_see()
    {
        await using var model = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        await app.SignInAsync();

        using var response = await app.AskAsync(new { question = Question, stream = false, options = new { trace = true } });
        var reply = await ApiApp.JsonAsync(response);
        var trace = await app.GetAsync($"/api/traces/{response.Headers.GetValues("X-Trace-Id").Single()}");

        Assert.Equal(reply.GetProperty("messageId").GetString(), trace.GetProperty("messageId").GetString());
        Assert.Equal((Question, "Sixty euros [1]."), (trace.GetProperty("question").GetString(), trace.GetProperty("answer").GetString()));
        Assert.Equal(["condense", "vector", "route", "retrieve", "candidates", "prompt", "answer", "ground"], Names(trace.GetProperty("steps")));
        Assert.Contains("passport", Details(trace.GetProperty("steps"), "prompt").GetProperty("asked").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("prompt", Names(reply.GetProperty("trace")));
    }

    [Fact]
    public async Task An_answer_from_the_cache_says_where_it_was_made()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();

        using var first = await app.AskAsync(new { question = Question, stream = false });
        using var second = await app.AskAsync(new { question = Question, stream = false });
        var trace = await app.GetAsync($"/api/traces/{second.Headers.GetValues("X-Trace-Id").Single()}");

        Assert.Equal(first.Headers.GetValues("X-Trace-Id").Single(), Details(trace.GetProperty("steps"), "cache").GetProperty("made in trace").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, $"/api/traces/{new string('0', 32)}")).Status);
    }

    [Fact]
    public async Task Traces_are_cut_to_their_size_and_go_with_their_time_or_their_conversation()
    {
        await using var app = await ApiApp.StartAsync(new() { ["Traces:LargestKb"] = "4" });
        await app.AddTownAsync();
        await app.SignInAsync();
        var traces = app.Services.GetRequiredService<MessageTraceStore>();

        using var first = await app.AskAsync(new { question = new string('x', 7_000), stream = false });
        using var second = await app.AskAsync(new { question = Question, stream = false });
        var (long1, short1) = (first.Headers.GetValues("X-Trace-Id").Single(), second.Headers.GetValues("X-Trace-Id").Single());
        var kept = (await traces.FindAsync(long1, Token))!;
        await app.SendAsync(HttpMethod.Delete, $"/api/conversations/{kept.ConversationId}");
        var afterDeletion = await traces.FindAsync(long1, Token);
        var deleted = await traces.DeleteBeforeAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), Token);

        Assert.InRange(kept.Steps.Length, 2, 4 * 1_024);
        Assert.Null(afterDeletion);
        Assert.Equal(1, deleted);
        Assert.Null(await traces.FindAsync(short1, Token));
    }

    [Fact]
    public async Task Retrieve_only_gives_the_passages_an_answer_would_be_made_from_and_keeps_nothing()
    {
        await using var model = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        await app.SignInAsync();

        var reply = await app.AnswerAsync(Question, options: new { retrieveOnly = true });
        using var streamed = await app.AskAsync(new { question = Question, options = new { retrieveOnly = true } });
        var events = await SseReader.ReadAllAsync(streamed);
        var search = await app.GetAsync($"/api/search?q={Uri.EscapeDataString(Question)}&top=12");

        var passages = reply.GetProperty("passages").GetProperty("items");
        Assert.Equal(Chunks(search.GetProperty("items")), Chunks(passages));
        Assert.Equal("", reply.GetProperty("answer").GetString());
        Assert.Equal(["meta", "passages", "done"], events.Select(item => item.EventType));
        Assert.Empty(model.Prompts);
        Assert.Equal(0, (await app.GetAsync("/api/conversations")).GetProperty("items").GetArrayLength());
    }

    private static List<string?> Names(JsonElement steps) => [.. steps.EnumerateArray().Select(step => step.GetProperty("step").GetString())];

    private static List<string?> Chunks(JsonElement passages) => [.. passages.EnumerateArray().Select(passage => passage.GetProperty("chunkId").GetString())];

    private static JsonElement Details(JsonElement steps, string name) => steps.EnumerateArray().First(step => step.GetProperty("step").GetString() == name).GetProperty("details");
}
