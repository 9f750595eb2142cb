using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Chatbot.Crawler;
using Chatbot.Crawler.Rendering;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

public sealed class ChildRendererTests
{
    // A setting of theirs, and how this test knows its own.
    private const string Mark = "--Crawler:Render:ScriptMemoryMb=255";

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Chatbot.Crawler.exe" : "Chatbot.Crawler");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_rendered_by_a_process_that_asks_here_for_what_they_need_and_is_replaced_when_it_dies()
    {
        var connection = new Connection();
        await using (var renderer = Create(Program))
        {
            var pages = await Task.WhenAll(Enumerable.Range(1, 3).Select(n => renderer.RenderAsync(Page(n, connection), Token)));

            for (var n = 1; n <= pages.Length; n++)
                Assert.Contains($"Told behind the door of /{n}", Html(pages[n - 1]), StringComparison.Ordinal);
            Assert.Contains("http://town.example/secret.js", connection.Asked);
            Assert.IsType<RenderResult.Failed>(await renderer.RenderAsync(Page(4, connection) with { Url = "ftp://town.example/" }, Token));

            Process.GetProcessById(Assert.Single(Renderers())).Kill(entireProcessTree: true);

            Assert.Contains("Told behind the door of /5", Html(await renderer.RenderAsync(Page(5, connection), Token)), StringComparison.Ordinal);
        }

        Assert.Empty(Renderers());
    }

    [Fact]
    public async Task Without_the_program_that_renders_it_is_said_which_one_is_missing()
    {
        await using var renderer = Create("/nowhere/renderer");

        var result = await renderer.RenderAsync(Page(1, null), Token);

        Assert.Contains("/nowhere/renderer", Assert.IsType<RenderResult.NoBrowser>(result).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hears_nothing_any_more_gives_way_to_another_though_its_output_is_still_open()
    {
        using var folder = new TemporaryDirectory();
        var script = Path.Combine(folder.Path, "renderer.sh");
        // The first one started hangs up at once and stays; those after it render.
        await File.WriteAllTextAsync(
            script,
            $"""
            mkdir '{folder.Path}/started' 2> /dev/null || exec '{Program}' "$@"
            exec 0<&-
            exec sleep 600
            """,
            Token);
        await using var renderer = Create("/bin/sh", script);

        // More than a pipe takes unread.
        var result = await renderer.RenderAsync(Page(6, new Connection(), padding: 1 << 20), Token);

        Assert.Contains("Told behind the door of /6", Html(result), StringComparison.Ordinal);
    }

    private static IEnumerable<int> Renderers() => ChildProcesses.With(Mark).Select(p => p.Id);

    private static ChildRenderer Create(string program, params string[] arguments) =>
        new(program, [.. arguments, ChildRenderer.Argument, .. Unhurried.Settings.Select(setting => $"--{setting.Key}={setting.Value}"), Mark], Options.Create(new CrawlerOptions()), TimeProvider.System, NullLogger<ChildRenderer>.Instance);

    private static RenderRequest Page(int number, IBrowserConnection? connection, int padding = 0) => new(
        $"http://town.example/{number}",
        Encoding.UTF8.GetBytes($"<!doctype html><title>A page</title><!--{new string('-', padding)}--><p id=p>Nothing yet</p><script src=/secret.js></script>"),
        "utf-8",
        "site",
        AllowPrivateAddresses: false) { Connection = connection };

    private static string Html(RenderResult result) => Encoding.UTF8.GetString(Assert.IsType<RenderResult.Rendered>(result).Html.Span);

    private sealed class Connection : IBrowserConnection
    {
        public string Key => "door";

        public ConcurrentBag<string> Asked { get; } = [];

        public Task<BrowserAnswer?> AskAsync(BrowserAsk ask, CancellationToken cancellationToken)
        {
            Asked.Add(ask.Url);
            return Task.FromResult<BrowserAnswer?>(ask.Url.EndsWith("/secret.js", StringComparison.Ordinal)
                ? new BrowserAnswer(200, [new BrowserHeader("Content-Type", "text/javascript")], "document.getElementById('p').textContent = 'Told behind the door of ' + location.pathname"u8.ToArray())
                : throw new HttpRequestException("not there"));
        }
    }
}
