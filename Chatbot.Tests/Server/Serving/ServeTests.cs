using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Serving;

public sealed class ServeTests : IAsyncLifetime
{
    private readonly Installation installation = new();
    private readonly HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private ChatbotProcess serve = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Next();
        client.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        serve = installation.Start("serve", "--port", $"{port}", "--host", "127.0.0.1");
        while (!await IsHealthyAsync())
        {
            Assert.False(serve.HasExited, "It ended before it answered.");
            await Task.Delay(50, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await serve.DisposeAsync();
        client.Dispose();
        installation.Dispose();
    }

    [Fact]
    public async Task What_the_command_line_crawls_meanwhile_is_answered_from_and_the_end_is_clean()
    {
        await using var site = await SampleSite.StartAsync([], Token);
        const string Question = "How much does the replacement of a lost identity card cost?";
        Assert.True((await AskAsync(Question)).GetProperty("refused").GetBoolean());

        var crawled = await installation.CrawlAsync(new Uri(site.Address, "/index.html").AbsoluteUri);
        var answer = await AskAsync("When is the citizens' office open?");

        Assert.True(crawled.GetProperty("documents").GetInt32() >= 20);
        Assert.False(answer.GetProperty("refused").GetBoolean(), answer.ToString());
        Assert.StartsWith(site.Address.AbsoluteUri, answer.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);

        var ended = await serve.TerminateAsync(Token);

        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Error + ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crawl_that_is_asked_for_here_is_shown_by_the_command_line()
    {
        await using var site = await TestSite.StartAsync();
        Town.Put(site, 12);
        var made = await installation.RunWithInputAsync("a long enough password\n", "createsuperuser");
        Assert.True(made.ExitCode == 0, made.ToString());
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        await PostAsync("api/session", new { name = "admin", password = "a long enough password" });
        await PostAsync("api/sites", new { startUrls = new[] { site.Url("/") }, allowPrivateAddresses = true });

        // The server takes the run, or this process, or both: it is one run.
        var crawled = await installation.CrawlAsync(site.Url("/"));

        Assert.Equal((13, 13), (crawled.GetProperty("new").GetInt32(), crawled.GetProperty("documents").GetInt32()));
        Assert.All(Enumerable.Range(1, 12), page => Assert.Equal(1, site.CountOf(Town.Path(page))));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new Installation();

        var result = await other.RunAsync("serve", "--host", "127.0.0.1", "--port", $"{client.BaseAddress!.Port}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{client.BaseAddress.Port}", result.Error, StringComparison.Ordinal);
        Assert.Contains("in use", result.Error, StringComparison.Ordinal);
    }

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            return (await client.GetAsync(new Uri("health", UriKind.Relative), Token)).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<JsonElement> AskAsync(string question) => PostAsync("api/chat", new { question, stream = false });

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
