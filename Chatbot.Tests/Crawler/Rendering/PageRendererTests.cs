using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chatbot.Crawler.Rendering;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>What pages do to the browser, and what it leaves behind.</summary>
public sealed class PageRendererTests : RenderingTests
{
    [Fact]
    public async Task A_killed_browser_is_replaced_and_the_page_rendered()
    {
        await RestartAsync(options => options.ScriptMemoryMb = 251);
        Web.Before = async context =>
        {
            if (context.Request.Path != "/slow") return false;
            if (Web.CountOf("/slow") == 1)
            {
                ChildProcesses.Browser(251).Kill();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await context.Response.WriteAsync("ready", Token);
            return true;
        };

        var html = await HtmlAsync("<p id=out></p><script>fetch('/slow').then(r => r.text()).then(t => out.textContent = t)</script>");

        Assert.Contains("<p id=\"out\">ready</p>", html, StringComparison.Ordinal);
        Assert.Equal(2, Web.CountOf("/slow"));
    }

    [Fact]
    public async Task A_browser_that_no_longer_answers_is_replaced_and_the_page_rendered()
    {
        var clock = new MovableTimeProvider();
        await RestartAsync(options => options.ScriptMemoryMb = 252, clock);
        Assert.Contains("one", await HtmlAsync("<p>one</p>"), StringComparison.Ordinal);
        using var stuck = ChildProcesses.Browser(252);
        var driver = ChildProcesses.DriverOf(stuck);
        using (var stop = Process.Start("kill", ["-STOP", stuck.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync(Token);
        try
        {
            // Under another rule for addresses, and so in a tab of its own.
            var next = RenderAsync("<p>two</p>", allowPrivate: false);
            // It is waited for to open the tab and then to close; what comes in its place is not hurried.
            while (!next.IsCompleted && ChildProcesses.IsThere(driver))
            {
                clock.Advance(Patience / 10);
                await Task.Delay(20, Token);
            }

            Assert.Contains("two", HtmlOf(await next), StringComparison.Ordinal);
        }
        finally
        {
            stuck.Kill();
        }
    }

    [Fact]
    public async Task A_page_that_wants_too_much_memory_or_time_fails_and_the_next_one_renders()
    {
        var clock = new MovableTimeProvider();
        await RestartAsync(options => options.ScriptMemoryMb = 64, clock);

        var greedy = await GivenUpAsync(RenderAsync("<script>const all = []; while (true) all.push(new Array(1e5).fill({}).map(x => ({ x })));</script>"));
        var endless = await GivenUpAsync(RenderAsync("<script>setTimeout(() => { while (true); }, 10)</script>"));
        await RestartAsync();

        Assert.IsType<RenderResult.Failed>(greedy);
        Assert.IsType<RenderResult.Failed>(endless);
        Assert.Contains("fine", await HtmlAsync("<p>fine</p>"), StringComparison.Ordinal);

        async Task<RenderResult> GivenUpAsync(Task<RenderResult> rendering)
        {
            // It has some seconds to do its harm.
            while (await Task.WhenAny(rendering, Task.Delay(100, Token)) != rendering)
                clock.Advance(Patience / 40);
            return await rendering;
        }
    }

    [Fact]
    public async Task Downloads_dialogs_popups_and_permissions_hold_nothing_up()
    {
        Web.Before = async context =>
        {
            if (context.Request.Path != "/file.zip") return false;
            context.Response.Headers.ContentDisposition = "attachment";
            context.Response.ContentType = "application/zip";
            await context.Response.WriteAsync("PK", Token);
            return true;
        };

        var html = await HtmlAsync("""
            <p id="out"></p><iframe src="/file.zip"></iframe>
            <script>
              alert('Hello'); confirm('Sure?');
              window.open('/popup');
              navigator.serviceWorker.register('/sw.js').catch(() => {});
              navigator.geolocation.getCurrentPosition(() => out.textContent = 'located', () => out.textContent = 'refused');
            </script>
            """);

        Assert.Contains("<p id=\"out\">refused</p>", html, StringComparison.Ordinal);
        Assert.Equal(0, Web.CountOf("/sw.js"));
        Assert.Equal(0, Web.CountOf("/file.zip"));
    }

    [Fact]
    public async Task Pictures_fonts_frames_and_trackers_are_not_asked_for()
    {
        Web.Html("/style.css", "p { color: red }").Html("/app.js", "document.querySelector('p').textContent = 'run'");

        var html = await HtmlAsync("""
            <link rel="stylesheet" href="/style.css"><style>@font-face { font-family: x; src: url(/font.woff2) } p { font-family: x; background: url(/back.png) }</style>
            <p></p><img src="/picture.png" alt="A picture"><video src="/film.mp4" autoplay></video><iframe src="/frame"></iframe>
            <script src="/matomo.js"></script><script src="/app.js"></script>
            """);

        Assert.Contains("<p>run</p>", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"A picture\"", html, StringComparison.Ordinal);
        Assert.Equal(["/app.js", "/style.css"], Web.Requests.Order());
    }

    [Fact]
    public async Task A_script_that_leads_elsewhere_is_a_redirect_and_the_page_is_not_left()
    {
        var result = await RenderAsync("<script>location.replace('/elsewhere?lang=de')</script>");

        Assert.Equal(Web.Url("/elsewhere?lang=de"), Assert.IsType<RenderResult.Redirected>(result).Location);
        Assert.Equal(0, Web.CountOf("/elsewhere?lang=de"));
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("data:text/html,<p>x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("chrome://version")]
    public async Task Only_web_pages_are_rendered(string url)
    {
        var result = await Renderer.RenderAsync(new RenderRequest(url, default, null, "site", true), Token);

        Assert.IsType<RenderResult.Failed>(result);
        Assert.False(Browsers.IsRunning);
    }

    [Fact]
    public async Task No_page_reaches_a_private_address_unless_its_site_may()
    {
        using var secret = new TcpListener(IPAddress.Loopback, 0);
        secret.Start();
        var port = ((IPEndPoint)secret.LocalEndpoint).Port;
        // The name resolves to loopback, as one does that is bound anew; the page itself came from elsewhere.
        var script = $$"""
            <p id="out">-</p><script>
            const tries = ['http://127.0.0.1:{{port}}/', 'http://localhost:{{port}}/', 'https://localhost:{{port}}/', 'http://[::1]:{{port}}/', 'http://2130706433:{{port}}/'];
            const socket = new Promise(r => { const s = new WebSocket('ws://localhost:{{port}}/'); s.onerror = s.onclose = r; });
            Promise.all([socket, ...tries.map(url => fetch(url, { mode: 'no-cors' }).catch(() => {}))]).then(() => out.textContent = 'tried');
            </script>
            """;

        var html = HtmlOf(await RenderAsync(script, "/", allowPrivate: false, root: "http://public.example"));

        Assert.Contains("<p id=\"out\">tried</p>", html, StringComparison.Ordinal);
        Assert.False(secret.Pending());
    }

    [Fact]
    public async Task A_hundred_pages_leave_no_process_behind()
    {
        await RestartAsync(options =>
        {
            options.ScriptMemoryMb = 253;
            options.PagesPerContext = 10;
            options.PagesPerBrowser = 60;
            options.Quiet = TimeSpan.FromMilliseconds(20);
        });
        var seen = new ConcurrentDictionary<(int Id, string Command), bool>();

        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (i, _) =>
        {
            Assert.Contains($"number {i}<", HtmlOf(await RenderAsync($"<p id=out></p><script>out.textContent = 'number {i}'</script>", $"/{i}")), StringComparison.Ordinal);
            if (i % 10 == 9)
                foreach (var process in ChildProcesses.OfBrowsers(253)) seen.TryAdd(process, true);
        });
        await Browsers.DisposeAsync();

        // Two browsers, each with a driver and processes of its own.
        Assert.True(seen.Count > 4, string.Join('\n', seen.Keys));
        Assert.Empty(await ChildProcesses.EndAsync(seen.Keys.ToHashSet(), Token));
    }

    [Fact]
    public async Task An_idle_browser_is_closed_and_started_again_when_needed()
    {
        await RestartAsync(options => options.IdleTimeout = TimeSpan.FromMilliseconds(50));
        await HtmlAsync("<p>one</p>");

        while (Browsers.IsRunning)
            await Task.Delay(10, Token);

        Assert.Contains("two", await HtmlAsync("<p>two</p>"), StringComparison.Ordinal);
    }
}
