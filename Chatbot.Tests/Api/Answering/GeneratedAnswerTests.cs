using System.Text.Json;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class GeneratedAnswerTests
{
    private const string Question = "How much does a new passport cost?";

    [Fact]
    public async Task The_models_answer_is_streamed_with_the_sources_it_cites()
    {
        await using var model = await ScriptedModel.SayingAsync("It costs ", "60 euros", " [", "1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        using var response = await app.AskAsync(new { question = Question });

        var events = await SseReader.ReadAllAsync(response);
        Assert.Equal("It costs 60 euros [1].", events.Text());
        Assert.True(events.Count(item => item.EventType == "delta") > 1);
        Assert.Contains("/passport#", events.Data("sources").GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("scripted", events.Data("done").GetProperty("model").GetString());
        Assert.False(events.Data("done").GetProperty("degraded").GetBoolean());
        Assert.False(events.Data("done").TryGetProperty("notice", out _));
    }

    [Fact]
    public async Task The_prompt_holds_question_passages_and_instructions()
    {
        await using var model = await ScriptedModel.SayingAsync("Yes [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        await app.AnswerAsync(Question + " {context}");

        var prompt = Assert.Single(model.Prompts);
        var messages = JsonSerializer.Deserialize<JsonElement>(prompt).GetProperty("messages");
        var asked = messages[1].GetProperty("content").ToString();
        Assert.Equal("system", messages[0].GetProperty("role").GetString());
        Assert.Contains("A new passport costs 60 euros.", asked, StringComparison.Ordinal);
        Assert.Contains(Question + " {context}", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("{question}", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_sees_what_stands_around_the_best_passages()
    {
        await using var model = await ScriptedModel.SayingAsync("At the second window [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddPageAsync("lost", "Lost property", "Whoever misses something rings the bell on the left.", "Lost umbrellas are handed out again.", "This is done at the second window, never at the first.", "The cellar is closed.");

        await app.AnswerAsync("Where are lost umbrellas handed out?");

        var asked = JsonSerializer.Deserialize<JsonElement>(Assert.Single(model.Prompts)).GetProperty("messages")[1].GetProperty("content").ToString();
        Assert.Matches("rings the bell on the left\\.\\s+Lost umbrellas are handed out again\\.\\s+This is done at the second window", asked);
        Assert.Equal(asked.IndexOf("second window", StringComparison.Ordinal), asked.LastIndexOf("second window", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invented_citations_are_taken_out()
    {
        await using var model = await ScriptedModel.SayingAsync("It costs 60 euros [9", "9]. Bring a photo [1, 77] [0].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        var reply = await app.AnswerAsync(Question);

        Assert.Equal("It costs 60 euros. Bring a photo [1].", reply.GetProperty("answer").GetString());
        Assert.Equal(1, Assert.Single(reply.GetProperty("citations").EnumerateArray()).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_model_that_finds_no_answer_refuses()
    {
        await using var model = await ScriptedModel.SayingAsync("NO_", "ANSWER");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        var reply = await app.AnswerAsync(Question);

        Assert.True(reply.GetProperty("refused").GetBoolean());
        Assert.StartsWith("I found no answer", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Empty(reply.GetProperty("citations").EnumerateArray());
    }

    [Theory]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("silent")]
    public async Task A_model_that_fails_leaves_an_extractive_answer_that_says_so(string failure)
    {
        await using var model = await ScriptedModel.StartAsync(context => FailAsync(context, failure));
        var settings = model.Settings;
        settings["Generation:FirstTokenTimeout"] = "00:00:00.300";
        await using var app = await ApiApp.StartAsync(settings);
        await app.AddTownAsync();

        var reply = await app.AnswerAsync(Question);

        Assert.True(reply.GetProperty("degraded").GetBoolean());
        Assert.Contains("A new passport costs 60 euros. [1]", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("The language model did not answer", reply.GetProperty("notice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_cut_ends_honestly()
    {
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "It costs 60 eu", finish: null);
            context.Abort();
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        using var response = await app.AskAsync(new { question = Question });

        var events = await SseReader.ReadAllAsync(response);
        var done = events.Data("done");
        Assert.True(done.GetProperty("degraded").GetBoolean());
        Assert.NotEmpty(done.GetProperty("notice").GetString()!);
        Assert.NotEmpty(events.Text());
    }

    [Fact]
    public async Task A_degraded_answer_is_not_cached()
    {
        var requests = 0;
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                context.Response.StatusCode = 500;
                return;
            }

            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros [1].", finish: "stop");
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        var first = await app.AnswerAsync(Question);
        var second = await app.AnswerAsync(Question);

        Assert.True(first.GetProperty("degraded").GetBoolean());
        Assert.Equal("Sixty euros [1].", second.GetProperty("answer").GetString());
        Assert.False(second.GetProperty("cached").GetBoolean());
    }

    private static async Task FailAsync(HttpContext context, string failure)
    {
        switch (failure)
        {
            case "500":
                context.Response.StatusCode = 500;
                break;
            case "garbage":
                await ScriptedModel.BeginAsync(context);
                await context.Response.WriteAsync("data: {{{ nonsense\n\n", context.RequestAborted);
                break;
            case "html":
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<h1>Gateway login</h1>", context.RequestAborted);
                break;
            case "empty":
                await ScriptedModel.BeginAsync(context);
                await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
                break;
            case "silent":
                await ScriptedModel.BeginAsync(context);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
        }
    }
}
