using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class KilledCrawlTests
{
    private const int Pages = 60, Kills = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crawl_that_is_killed_again_and_again_ends_with_the_same_index_as_one_that_is_not()
    {
        await using var site = await TestSite.StartAsync();
        Town.Put(site, Pages);
        using var undisturbed = new Installation();
        await undisturbed.CrawlAsync(site.Url("/"));
        using var disturbed = new Installation();
        var chance = new Random(20261121);

        for (var kill = 1; kill <= Kills; kill++)
        {
            // Each time the site serves some pages more and then leaves the crawler waiting, so that no machine is too fast to be killed midway.
            using var allowance = new SemaphoreSlim(kill == Kills ? int.MaxValue / 2 : chance.Next(5, 13));
            var reached = new TaskCompletionSource();
            site.Before = async context =>
            {
                if (!await allowance.WaitAsync(0, Token))
                {
                    reached.TrySetResult();
                    await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return true;
                }

                return false;
            };
            await using var crawl = disturbed.Start("crawl", site.Url("/"), "--allow-private");
            // The last one is killed anywhere from its first moment on: starting, fetching, ingesting.
            await (kill == Kills ? Task.CompletedTask : reached.Task.WaitAsync(Token));
            await Task.Delay(chance.Next(kill == Kills ? 2_000 : 300), Token);
            await crawl.KillAsync();
        }

        site.Before = null;
        await ResumeByItselfAsync(disturbed);

        Assert.Equal(1, disturbed.Count("SELECT COUNT(*) FROM crawl_runs"));
        Assert.Equal(0, disturbed.Count("SELECT COUNT(*) FROM jobs WHERE queue = 'documents'"));
        Assert.Equal(Comparable(undisturbed.Documents()), Comparable(disturbed.Documents()));
        Assert.Equal(undisturbed.Chunks().Select(c => (c.Path, c.Ordinal, c.HeadingPath, c.Text)), disturbed.Chunks().Select(c => (c.Path, c.Ordinal, c.HeadingPath, c.Text)));
        foreach (var installation in (Installation[])[undisturbed, disturbed]) await AssertFindsAsync(installation, Enumerable.Range(1, Pages / 6));
    }

    // Nobody asks for the crawl again: whatever serves the data directory finishes it.
    private static async Task ResumeByItselfAsync(Installation installation)
    {
        await using var serve = installation.Start("serve", "--port", $"{FreePort.Next()}");
        while (installation.Count("SELECT COUNT(*) FROM crawl_runs WHERE finished_at IS NULL") + installation.Count("SELECT COUNT(*) FROM jobs WHERE queue = 'documents'") > 0)
        {
            Assert.False(serve.HasExited);
            await Task.Delay(100, Token);
        }

        await serve.TerminateAsync(Token);
    }

    // Which of them comes first depends on whose vectors are made already, and one of the two had more time for that.
    private static async Task AssertFindsAsync(Installation installation, IEnumerable<int> pages)
    {
        var found = await installation.RunWithInputAsync(string.Join('\n', pages.Select(page => $"fee in {Town.Word(page)}")), "search", "--json", "--top", "3");
        var paths = found.Json.ToLookup(line => line.GetProperty("question").GetString(), line => new Uri(line.GetProperty("url").GetString()!).AbsolutePath);
        Assert.All(pages, page => Assert.Contains(Town.Path(page), paths[$"fee in {Town.Word(page)}"]));
    }

    private static IEnumerable<(string, string, string, string, bool)> Comparable(IEnumerable<DocumentRow> documents) => documents.Select(d => (d.Path, d.Title, d.ContentHash, d.Status, d.Version == d.IndexedVersion));
}
