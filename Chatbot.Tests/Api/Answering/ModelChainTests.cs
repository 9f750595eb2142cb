using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class ModelChainTests
{
    private const string Question = "How much does a new passport cost?";

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task Where_a_provider_fails_the_next_one_answers(int status)
    {
        await using var first = await FailingAsync(status);
        await using var second = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await StartAsync(first, second);

        var reply = await app.AnswerAsync(Question);

        Assert.Equal(("Sixty euros [1].", "model-of-second", false), (reply.Text("answer"), reply.Text("model"), reply.GetProperty("degraded").GetBoolean()));
        // Only what may pass is tried again.
        Assert.Equal(status == 500 ? 3 : 1, first.Prompts.Count);
    }

    [Fact]
    public async Task A_provider_that_is_busy_for_a_moment_is_asked_again()
    {
        var requests = 0;
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) < 3)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                return;
            }

            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros [1].", finish: "stop");
        });
        await using var second = await ScriptedModel.SayingAsync("Another one [1].");
        await using var app = await StartAsync(first, second);

        var reply = await app.AnswerAsync(Question);

        Assert.Equal(("Sixty euros [1].", "model-of-first"), (reply.Text("answer"), reply.Text("model")));
        Assert.Empty(second.Prompts);
    }

    [Theory]
    [InlineData("3600", null)]
    [InlineData(null, "insufficient_quota")]
    public async Task A_provider_that_is_busy_for_long_is_not_waited_for(string? after, string? code)
    {
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            context.Response.StatusCode = 429;
            if (after is not null) context.Response.Headers.RetryAfter = after;
            if (code is not null) await context.Response.WriteAsJsonAsync(new { error = new { message = "You exceeded your current quota.", type = code, code } }, context.RequestAborted);
        });
        await using var second = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await StartAsync(first, second);

        var reply = await app.AnswerAsync(Question);

        Assert.Equal("model-of-second", reply.Text("model"));
        Assert.Single(first.Prompts);
    }

    [Fact]
    public async Task A_provider_that_is_silent_gives_way_to_the_next_one()
    {
        var clock = new MovableTimeProvider();
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var second = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await StartAsync(first, second, clock, ("Generation:FirstTokenTimeout", "00:10:00"));

        var reply = await app.AnswerAsync(Question);

        Assert.Equal("model-of-second", reply.Text("model"));
        Assert.Single(first.Prompts);
    }

    [Fact]
    public async Task Nobody_else_goes_on_where_a_provider_breaks_off()
    {
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "It costs 60 eu", finish: null);
            // What is on its way when a connection is reset may be lost.
            await isRead.Task;
            context.Abort();
        });
        await using var second = await ScriptedModel.SayingAsync("Sixty euros [1].");
        await using var app = await StartAsync(first, second);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = System.Net.Http.Json.JsonContent.Create(new { question = Question }) };
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item);
            if (item.EventType == "delta") isRead.TrySetResult();
        }

        var done = events.Data("done");
        Assert.Equal(("It costs 60 eu", "model-of-first", true), (events.Text(), done.Text("model"), done.GetProperty("degraded").GetBoolean()));
        Assert.Empty(second.Prompts);
    }

    [Fact]
    public async Task Where_all_fail_the_answer_is_quoted_and_says_so()
    {
        await using var first = await FailingAsync(503);
        await using var second = await FailingAsync(401);
        await using var app = await StartAsync(first, second);

        var reply = await app.AnswerAsync(Question);

        Assert.True(reply.GetProperty("degraded").GetBoolean());
        Assert.Contains("A new passport costs 60 euros. [1]", reply.Text("answer"), StringComparison.Ordinal);
        Assert.StartsWith("The language model did not answer", reply.Text("notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_an_endpoint_repeats_is_not_in_the_log()
    {
        const string Key = "sk-very-secret-0123456789";
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.RetryAfter = "NaN";
            await context.Response.WriteAsJsonAsync(new { error = new { message = $"Not known: {context.Request.Headers.Authorization}" } }, context.RequestAborted);
        });
        var settings = first.ProviderSettings(0, "first");
        settings["Llm:Providers:0:ApiKey"] = Key;
        using var log = new CollectedLog();
        await using var app = await ApiApp.StartAsync(settings, services => services.AddSingleton<ILoggerProvider>(log));
        await app.AddTownAsync();

        await app.AnswerAsync(Question);

        Assert.Contains(log.Lines, line => line.Contains("Not known: Bearer ***", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_fails_all_the_time_is_left_alone_for_a_while()
    {
        var isWell = false;
        var clock = new MovableTimeProvider();
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            if (!Volatile.Read(ref isWell))
            {
                context.Response.StatusCode = 503;
                return;
            }

            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros [1].", finish: "stop");
        });
        await using var second = await ScriptedModel.SayingAsync("Another one [1].");
        await using var app = await StartAsync(first, second, clock, ("Llm:BreakDuration", "01:00:00"));
        await app.SignInAsync();

        await app.AnswerAsync("Where is the town hall?");
        await app.AnswerAsync("When is the library open?");
        var asked = first.Prompts.Count;
        await app.AnswerAsync(Question);
        var askedAfter = first.Prompts.Count;
        var resting = await app.GetAsync("/api/stats");
        Volatile.Write(ref isWell, true);
        clock.Advance(TimeSpan.FromHours(1));
        var reply = await app.AnswerAsync("How much does a new passport cost in summer?");

        // Three attempts for the first question, two of three for the second.
        Assert.Equal((5, 5), (asked, askedAfter));
        Assert.True(resting.GetProperty("models")[0].GetProperty("resting").GetBoolean());
        Assert.Equal("model-of-first", reply.Text("model"));
    }

    [Fact]
    public async Task A_question_may_choose_among_the_configured_models()
    {
        await using var first = await ScriptedModel.SayingAsync("One [1].");
        await using var second = await ScriptedModel.SayingAsync("Two [1].");
        await using var app = await StartAsync(first, second, ("Llm:Providers:1:Models:0", "large"));

        using var chosen = await app.AskAsync(new { question = Question, stream = false, options = new { model = "large" } });
        using var unknown = await app.AskAsync(new { question = Question, stream = false, options = new { model = "gpt-99" } });
        var config = await app.GetAsync("/api/chat/config");

        Assert.Equal("large", (await ApiApp.JsonAsync(chosen)).Text("model"));
        Assert.Equal("large", JsonSerializer.Deserialize<JsonElement>(Assert.Single(second.Prompts)).Text("model"));
        Assert.Empty(first.Prompts);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("model-of-first, model-of-second, large", (await ApiApp.JsonAsync(unknown)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(["model-of-first", "model-of-second", "large"], config.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
    }

    [Fact]
    public async Task What_another_model_wrote_in_need_is_not_kept()
    {
        var requests = 0;
        await using var first = await ScriptedModel.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                context.Response.StatusCode = 401;
                return;
            }

            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros [1].", finish: "stop");
        });
        await using var second = await ScriptedModel.SayingAsync("Another one [1].");
        await using var app = await StartAsync(first, second);

        var replies = new[] { await app.AnswerAsync(Question), await app.AnswerAsync(Question), await app.AnswerAsync(Question) };

        Assert.Equal(["model-of-second", "model-of-first", "model-of-first"], replies.Select(reply => reply.Text("model")));
        Assert.Equal([false, false, true], replies.Select(reply => reply.GetProperty("cached").GetBoolean()));
    }

    [Fact]
    public async Task Models_that_cost_something_stop_at_the_daily_budget_and_the_others_go_on()
    {
        await using var paid = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "Sixty euros [1].", finish: null);
            await ScriptedModel.EndAsync(context, inputTokens: 1_000, outputTokens: 500);
        });
        await using var free = await ScriptedModel.SayingAsync("For nothing [1].");
        await using var app = await StartAsync(paid, free, ("Llm:Providers:0:InputPrice", "1000"), ("Llm:Providers:0:OutputPrice", "2000"), ("Llm:DailyBudget", "2"));
        await app.SignInAsync();

        var (within, over) = (await app.AnswerAsync(Question), await app.AnswerAsync("Where do I get a new passport?"));

        var stats = await app.GetAsync("/api/stats");
        Assert.Equal(("model-of-first", "model-of-second"), (within.Text("model"), over.Text("model")));
        Assert.Equal((2m, 2m), (stats.GetProperty("budget").GetProperty("limit").GetDecimal(), stats.GetProperty("budget").GetProperty("spent").GetDecimal()));
        var used = stats.GetProperty("models")[0];
        Assert.Equal((1L, 1_000L, 500L), (used.GetProperty("answers").GetInt64(), used.GetProperty("inputTokens").GetInt64(), used.GetProperty("outputTokens").GetInt64()));
        Assert.Equal(1, stats.GetProperty("models")[1].GetProperty("answers").GetInt64());
    }

    [Fact]
    public async Task Two_providers_of_one_name_stop_the_start_with_a_line_that_says_so()
    {
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ApiApp.StartAsync(new()
        {
            ["Llm:Providers:0:Name"] = "a", ["Llm:Providers:0:Model"] = "m", ["Llm:Providers:1:Name"] = "A", ["Llm:Providers:1:Model"] = "m",
        }));

        Assert.Contains("Two of Llm:Providers are called 'a'", error.Message, StringComparison.Ordinal);
    }

    private static Task<ScriptedModel> FailingAsync(int status) => ScriptedModel.StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    private static Task<ApiApp> StartAsync(ScriptedModel first, ScriptedModel second, params (string Key, string Value)[] settings) =>
        StartAsync(first, second, TimeProvider.System, settings);

    private static async Task<ApiApp> StartAsync(ScriptedModel first, ScriptedModel second, TimeProvider clock, params (string Key, string Value)[] settings)
    {
        var all = first.ProviderSettings(0, "first").Concat(second.ProviderSettings(1, "second")).Concat(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        var app = await ApiApp.StartAsync(all.GroupBy(s => s.Key).ToDictionary(group => group.Key, group => group.Last().Value), services => services.AddSingleton(clock));
        await app.AddTownAsync();
        return app;
    }
}

file static class Replies
{
    public static string? Text(this JsonElement reply, string name) => reply.GetProperty(name).GetString();
}
