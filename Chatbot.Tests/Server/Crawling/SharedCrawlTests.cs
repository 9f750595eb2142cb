using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class SharedCrawlTests
{
    private const int Pages = 80;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_share_a_run_and_one_of_them_may_be_killed()
    {
        await using var site = await TestSite.StartAsync();
        Town.Put(site, Pages);
        using var installation = new Installation();
        using var allowance = new SemaphoreSlim(30);
        site.Before = async context =>
        {
            await allowance.WaitAsync(context.RequestAborted);
            return false;
        };
        await using var first = installation.Start("crawl", site.Url("/"), "--allow-private", "--json");
        while (!first.HasExited && site.Requests.Count < 5)
            await Task.Delay(20, Token);
        await using var second = installation.Start("crawl", site.Url("/"), "--allow-private", "--json");

        // Both are at work when each holds URLs.
        while (installation.Count("SELECT COUNT(DISTINCT lease) FROM frontier WHERE state = 'leased'") < 2)
        {
            Assert.False(first.HasExited || second.HasExited);
            // While nothing waits there is nothing to share; but a second one that starts slowly must find something left.
            if (second.HasSaid("Going on with a run") && allowance.CurrentCount == 0 && installation.Count("SELECT COUNT(*) FROM frontier WHERE state = 'queued'") == 0)
                allowance.Release();
            await Task.Delay(20, Token);
        }

        await first.KillAsync();
        allowance.Release(100_000);
        var ended = await second.WaitAsync(Token);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("Going on with a run", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, installation.Count("SELECT COUNT(*) FROM crawl_runs"));
        Assert.Equal(0, installation.Count("SELECT COUNT(*) FROM frontier WHERE state IN ('queued', 'leased', 'failed')"));
        Assert.Equal(installation.Count("SELECT COUNT(*) FROM frontier WHERE state = 'new'"), installation.Documents().Count);
        Assert.True(installation.Documents().Count >= Pages);
        Assert.All(installation.Documents(), d => Assert.Equal(d.Version, d.IndexedVersion));
    }
}
