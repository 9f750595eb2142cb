using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Indexing;

public sealed class ReindexTests : IAsyncLifetime
{
    private const int Pages = 25;

    private readonly Installation installation = new();
    private TestSite site = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        Town.Put(site, Pages);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        installation.Dispose();
    }

    [Fact]
    public async Task An_index_with_other_chunks_takes_the_place_of_the_old_one_without_a_request_to_the_site()
    {
        await installation.CrawlAsync(site.Url("/"));
        var before = installation.Chunks();
        site.ForgetRequests();

        var same = await installation.RunAsync("reindex", "--json");
        var unchanged = installation.Chunks();
        var other = await ReindexAsync(300, 400);

        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Equal(before.Select(c => (c.Path, c.Text)), unchanged.Select(c => (c.Path, c.Text)));
        Assert.True(other.ExitCode == 0, other.ToString());
        var after = installation.Chunks();
        Assert.True(after.Count > before.Count, $"{before.Count} to {after.Count} chunks");
        Assert.All(after, chunk => Assert.InRange(chunk.Text.Length, 1, 400));
        Assert.Equal((Pages + 1, after.Count), (other.Object.GetProperty("documents").GetInt32(), other.Object.GetProperty("chunks").GetInt32()));
        Assert.Contains("300-400", other.Object.GetProperty("chunker").GetString(), StringComparison.Ordinal);
        Assert.Empty(site.Requests);
        Assert.Equal(0, installation.Count("SELECT COUNT(*) FROM staged_documents"));
        var found = await installation.RunAsync("search", $"What is the fee in {Town.Word(7)}?", "--json", "--top", "1");
        Assert.Contains("49 crowns", found.Object.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_changes_after_chunks_are_cut_in_another_way_brings_all_others_along()
    {
        await installation.CrawlAsync(site.Url("/"));
        Town.PutPage(site, 3, "4711 crowns", []);

        var crawl = await ChatbotProcess.RunAsync(
            installation.Directory, ["crawl", site.Url("/"), "--allow-private", "--json"], Lengths(300, 400), TestContext.Current.CancellationToken);

        Assert.True(crawl.ExitCode == 0, crawl.ToString());
        var chunks = installation.Chunks();
        Assert.All(chunks, chunk => Assert.InRange(chunk.Text.Length, 1, 400));
        Assert.Contains(chunks, chunk => chunk.Text.Contains("4711 crowns", StringComparison.Ordinal));
        Assert.Equal(Pages + 1, chunks.Select(c => c.Path).Distinct().Count());
        Assert.Equal(0, installation.Count("SELECT COUNT(*) FROM documents WHERE status <> 'indexed'"));
    }

    private Task<CommandResult> ReindexAsync(int target, int max) =>
        ChatbotProcess.RunAsync(installation.Directory, ["reindex", "--json"], Lengths(target, max), TestContext.Current.CancellationToken);

    private static Dictionary<string, string> Lengths(int target, int max) => new() { ["Chunking__TargetLength"] = $"{target}", ["Chunking__MaxLength"] = $"{max}" };
}
