using System.Net.Http.Json;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class StreamTests
{
    [Fact]
    public async Task A_silent_stream_is_kept_alive_by_comments()
    {
        var clock = new ManualTimeProvider();
        var release = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "It costs 60 euros ", finish: null);
            await release.Task;
            await ScriptedModel.SendAsync(context, "[1].", finish: "stop");
        });
        var settings = model.Settings;
        settings["Generation:NextTokenTimeout"] = "00:05:00";
        await using var app = await ApiApp.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        await app.AddTownAsync();

        using var response = await StartAsync(app);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await ReadUntilAsync(reader, "event: delta");
        clock.Advance(TimeSpan.FromSeconds(15));
        await ReadUntilAsync(reader, ": still here");
        release.SetResult();
        await ReadUntilAsync(reader, "event: done");
    }

    [Fact]
    public async Task A_visitor_who_leaves_stops_the_model()
    {
        var stopped = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            context.RequestAborted.Register(stopped.SetResult);
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "It costs 60 euros ", finish: null);
            await stopped.Task;
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        using (var response = await StartAsync(app))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            await ReadUntilAsync(reader, "event: delta");
        }

        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> StartAsync(ApiApp app)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { question = "How much does a new passport cost?" }) };
        return app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task ReadUntilAsync(StreamReader reader, string line)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } read)
        {
            if (read == line) return;
        }

        Assert.Fail($"The stream ended before \"{line}\".");
    }
}
