using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Xunit;

namespace Chatbot.Tests.Backends.Crawling;

public sealed class CrawlRunStoreTests : StoreTests
{
    private CrawlRunStore Store => new(Database, Clock);

    [Fact]
    public async Task Of_several_requests_at_once_one_makes_the_run()
    {
        var site = await AddSiteAsync();

        var requests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.RequestAsync(site.Id, Token), Token)));

        Assert.Single(requests, request => !request.AlreadyRunning);
        Assert.Single(requests.Select(request => request.Run.Id).Distinct());
        Assert.Single(await Store.ListAsync(site.Id, 10, Token));
    }

    [Fact]
    public async Task A_finished_run_makes_room_for_the_next_and_the_newest_is_listed_first()
    {
        var site = await AddSiteAsync();
        var (first, _) = await Store.RequestAsync(site.Id, Token);
        await Store.CancelAsync(first.Id, Token);
        Clock.Advance(TimeSpan.FromSeconds(1));

        var (second, already) = await Store.RequestAsync(site.Id, Token);

        Assert.False(already);
        Assert.Equal([second.Id, first.Id], (await Store.ListAsync(null, 10, Token)).Select(run => run.Id));
        Assert.Equal([second.Id], (await Store.ListAsync(site.Id, 1, Token)).Select(run => run.Id));
        Assert.Equal([second.Id], (await Store.ListOpenAsync(Token)).Select(run => run.Id));
    }

    [Fact]
    public async Task A_run_records_when_it_started_and_finished_and_why()
    {
        var (run, _) = await Store.RequestAsync((await AddSiteAsync()).Id, Token);
        var start = Clock.GetUtcNow();
        Assert.True(await Store.SetStateAsync(run.Id, CrawlRunState.Running, null, Token));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Store.SetStateAsync(run.Id, CrawlRunState.Running, null, Token));

        Assert.True(await Store.SetStateAsync(run.Id, CrawlRunState.Failed, "The host is unreachable.", Token));

        var found = (await Store.FindAsync(run.Id, Token))!;
        Assert.Equal((CrawlRunState.Failed, start, start.AddMinutes(1), "The host is unreachable."), (found.State, found.StartedAt!.Value, found.FinishedAt!.Value, found.Message));
    }

    [Theory]
    [InlineData(CrawlRunState.Completed, CrawlRunState.Running)]
    [InlineData(CrawlRunState.Completed, CrawlRunState.Cancelled)]
    [InlineData(CrawlRunState.Failed, CrawlRunState.Completed)]
    [InlineData(CrawlRunState.Running, CrawlRunState.Queued)]
    public async Task A_run_does_not_go_back(CrawlRunState from, CrawlRunState to)
    {
        var (run, _) = await Store.RequestAsync((await AddSiteAsync()).Id, Token);
        await Store.SetStateAsync(run.Id, CrawlRunState.Running, null, Token);
        await Store.SetStateAsync(run.Id, from, null, Token);

        Assert.False(await Store.SetStateAsync(run.Id, to, null, Token));

        Assert.Equal(from, (await Store.FindAsync(run.Id, Token))!.State);
    }

    [Fact]
    public async Task What_was_never_started_does_not_complete_but_can_be_cancelled_once()
    {
        var (run, _) = await Store.RequestAsync((await AddSiteAsync()).Id, Token);

        Assert.False(await Store.SetStateAsync(run.Id, CrawlRunState.Completed, null, Token));
        Assert.True(await Store.CancelAsync(run.Id, Token));
        Assert.False(await Store.CancelAsync(run.Id, Token));

        Assert.Null((await Store.FindAsync(run.Id, Token))!.StartedAt);
    }

    [Fact]
    public async Task A_site_that_is_not_there_has_no_runs()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.RequestAsync("nowhere", Token));
        Assert.Null(await Store.FindAsync("nowhere", Token));
    }
}
