using Chatbot.Crawler;
using Chatbot.Crawler.Politeness;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Crawler.Politeness;

public sealed class HostPaceTests
{
    private const int Most = 8;

    private static readonly TimeSpan s_page = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void A_host_that_works_on_one_page_at_a_time_is_not_kept_busy_by_a_queue()
    {
        var pace = new HostPace(Most);
        pace.Answered(s_page);

        // What is asked for waits for what was asked for before it.
        Answer(pace, 200, () => s_page * pace.AtATime);

        Assert.InRange(pace.AtATime, 1, 2);
    }

    [Fact]
    public void A_host_that_is_slow_by_itself_is_asked_for_as_much_as_before()
    {
        var pace = new HostPace(Most);
        // A start page from a cache says little of what programs make.
        pace.Answered(TimeSpan.FromMilliseconds(3));

        Answer(pace, 400, () => TimeSpan.FromSeconds(2));

        Assert.Equal(Most, pace.AtATime);
    }

    [Fact]
    public void A_host_that_is_quick_again_is_asked_for_more()
    {
        var pace = new HostPace(Most);
        for (var i = 0; i < 4; i++)
            pace.Overloaded();
        var least = pace.AtATime;

        Answer(pace, 100, () => TimeSpan.FromMilliseconds(20));

        Assert.Equal((1, Most), (least, pace.AtATime));
    }

    [Fact]
    public async Task Fewer_turns_are_given_at_a_host_that_answers_late_and_all_of_them_when_it_no_longer_does()
    {
        using var gate = new HostGate("town.example", new CrawlerOptions { PrivateHostConcurrency = Most }, isPrivate: true, turns: null!, new ManualTimeProvider());
        gate.Succeeded(s_page);

        var before = await CountTurnsAsync(gate, latency: s_page * 10, answers: 40);
        var strained = await CountTurnsAsync(gate, latency: TimeSpan.FromMilliseconds(20), answers: 100);
        var after = await CountTurnsAsync(gate, latency: TimeSpan.FromMilliseconds(20), answers: 0);

        Assert.Equal((Most, 1, Most), (before, strained, after));
    }

    /// <summary>Takes all the turns there are at a time, and gives them back once the host has answered so often.</summary>
    private static async Task<int> CountTurnsAsync(HostGate gate, TimeSpan latency, int answers)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var turns = new List<HostGate.Turn>();
        Task<HostGate.Turn?> entering;
        while ((entering = gate.EnterAsync(null, null, stop.Token)).IsCompleted)
            turns.Add((await entering)!);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);

        for (var i = 0; i < answers; i++)
            gate.Succeeded(latency);
        foreach (var turn in turns)
            turn.Dispose();
        return turns.Count;
    }

    private static void Answer(HostPace pace, int answers, Func<TimeSpan> latency)
    {
        for (var i = 0; i < answers; i++)
            pace.Answered(latency());
    }
}
