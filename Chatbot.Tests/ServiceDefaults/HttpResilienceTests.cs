using System.Net;
using Chatbot.ServiceDefaults.Resilience;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed class HttpResilienceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Fails twice, then works.</summary>
    private static Task FlakyAsync(HttpContext context, int request)
    {
        context.Response.StatusCode = request <= 2 ? 503 : 200;
        return context.Response.WriteAsync(request <= 2 ? "later" : "now");
    }

    [Fact]
    public async Task A_server_that_fails_twice_answers_the_third_time()
    {
        await using var server = await LoopbackServer.StartAsync(FlakyAsync);
        using var clients = new HttpClients();

        var text = await clients.Create().GetStringAsync(server.Address, Cancelled);

        Assert.Equal("now", text);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task A_dropped_connection_is_tried_again()
    {
        await using var server = await LoopbackServer.StartAsync((context, request) =>
        {
            if (request <= 2)
                context.Abort();
            return request <= 2 ? Task.CompletedTask : context.Response.WriteAsync("now");
        });
        using var clients = new HttpClients();

        Assert.Equal("now", await clients.Create().GetStringAsync(server.Address, Cancelled));
    }

    [Fact]
    public async Task What_changes_something_is_sent_once()
    {
        await using var server = await LoopbackServer.StartAsync(FlakyAsync);
        using var clients = new HttpClients();

        var response = await clients.Create().PostAsync(server.Address, new StringContent("order"), Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_client_without_resilience_sends_once_and_the_others_keep_theirs()
    {
        await using var server = await LoopbackServer.StartAsync(FlakyAsync);
        using var clients = new HttpClients(services => services.AddHttpClient("model").WithoutResilience());

        var model = await clients.Create("model").GetAsync(server.Address, Cancelled);
        var plain = await clients.Create().GetAsync(server.Address, Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, model.StatusCode);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_given_up_and_tried_again()
    {
        var clock = new MovableTimeProvider();
        await using var server = await LoopbackServer.StartAsync((context, request) =>
        {
            if (request > 1) return context.Response.WriteAsync("now");
            clock.Advance(TimeSpan.FromMinutes(10));
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var clients = new HttpClients(
            services => services.AddSingleton<TimeProvider>(clock), new() { ["HttpResilience:AttemptTimeout"] = "00:10:00", ["HttpResilience:TotalTimeout"] = "01:00:00" });

        Assert.Equal("now", await clients.Create().GetStringAsync(server.Address, Cancelled));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_an_http_error_for_the_caller()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var clients = new HttpClients(settings: new() { ["HttpResilience:TotalTimeout"] = "00:00:00.200" });

        await Assert.ThrowsAsync<HttpRequestException>(() => clients.Create().GetAsync(server.Address, Cancelled));
    }

    [Fact]
    public async Task A_wait_longer_than_the_total_timeout_is_not_begun()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        using var clients = new HttpClients();

        var response = await clients.Create().GetAsync(server.Address, Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_server_that_only_fails_is_left_alone()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        // Failures count for half a minute, and here that does not pass.
        using var clients = new HttpClients(services => services.AddSingleton<TimeProvider>(new ManualTimeProvider()), new() { ["HttpResilience:Retries"] = "0" });
        var client = clients.Create();
        for (var i = 0; i < 100; i++)
            await client.GetAsync(server.Address, Cancelled);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.Address, Cancelled));

        Assert.Equal(100, server.Requests);
    }

    [Fact]
    public async Task More_requests_at_once_than_allowed_fail_at_once()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StartAsync((_, _) =>
        {
            arrived.SetResult();
            return release.Task;
        });
        using var clients = new HttpClients(settings: new() { ["HttpResilience:Concurrency"] = "1" });
        var first = clients.Create().GetAsync(server.Address, Cancelled);
        await arrived.Task.WaitAsync(Cancelled);

        await Assert.ThrowsAsync<HttpRequestException>(() => clients.Create().GetAsync(server.Address, Cancelled));

        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_process_at_start()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DefaultsApp.StartAsync(settings: new() { ["HttpResilience:Retries"] = "-1" }));
    }
}
