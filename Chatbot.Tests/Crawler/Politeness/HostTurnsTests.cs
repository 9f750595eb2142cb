using Chatbot.Core.Data;
using Chatbot.Crawler.Politeness;
using Chatbot.Tests.Crawler.Runs;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Politeness;

public sealed class HostTurnsTests : CrawlTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Crawlers_that_share_a_database_take_turns_at_a_host()
    {
        var clock = new ManualTimeProvider();
        await using var other = await CrawlHost.StartAsync(Data.Path);
        var (one, two) = (TurnsOf(Crawler, clock), TurnsOf(other, clock));

        var waits = new[]
        {
            await one.ReserveAsync("town.example", s_second, Token),
            await two.ReserveAsync("town.example", s_second, Token),
            await one.ReserveAsync("town.example", s_second, Token),
            await two.ReserveAsync("other.example", s_second, Token),
        };
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([0, 1, 2, 0], waits.Select(w => w.TotalSeconds));
        Assert.Equal(TimeSpan.Zero, await two.ReserveAsync("town.example", s_second, Token));
    }

    [Fact]
    public async Task A_host_that_asks_one_crawler_for_patience_is_left_alone_by_all()
    {
        var clock = new ManualTimeProvider();
        await using var other = await CrawlHost.StartAsync(Data.Path);
        await TurnsOf(Crawler, clock).HoldAsync("town.example", clock.GetUtcNow() + TimeSpan.FromSeconds(30), Token);

        Assert.Equal(TimeSpan.FromSeconds(30), await TurnsOf(other, clock).ReserveAsync("town.example", s_second, Token));
    }

    private static HostTurns TurnsOf(CrawlHost crawler, TimeProvider clock) => new(crawler.Services.GetRequiredService<Database>(), clock);
}
