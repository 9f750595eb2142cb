using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Crawler.Runs;

/// <summary>A crawler with a data directory and a website, both a test's own.</summary>
public abstract class CrawlTests : IAsyncLifetime
{
    internal TemporaryDirectory Data { get; } = new();

    internal TestSite Web { get; private set; } = null!;

    internal CrawlHost Crawler { get; set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Web = await TestSite.StartAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Crawler.DisposeAsync();
        await Web.DisposeAsync();
        Data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A page whose text is like no other's, with links.</summary>
    private protected void Put(string path, string text, params string[] links) => Web.Page(
        path, $"Page {text}", $"<p>Everything there is to know about {text}, in a sentence or two.</p>" + string.Concat(links.Select(l => $"<p><a href=\"{l}\">{l}</a></p>")));
}
