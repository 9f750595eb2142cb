using Chatbot.Backends.Embedded.Index;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class IndexFollowerTests
{
    // It stands still: nobody goes to sleep because the machine is busy.
    private static readonly ManualTimeProvider s_clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_follows_on_by_itself_once_a_search_has_come()
    {
        using var followed = new SemaphoreSlim(0);
        using var follower = new IndexFollower(_ => { followed.Release(); return Task.FromResult(false); }, NullLogger.Instance, s_clock);
        Assert.Equal(0, followed.CurrentCount);

        follower.Wake();

        for (var i = 0; i < 5; i++) await followed.WaitAsync(Token);
    }

    [Fact]
    public async Task After_an_error_the_next_search_starts_it_again()
    {
        var calls = 0;
        using var followed = new SemaphoreSlim(0);
        using var follower = new IndexFollower(
            _ => Interlocked.Increment(ref calls) == 1 ? throw new IOException("The disk is gone.") : Task.FromResult(followed.Release() >= 0), NullLogger.Instance, s_clock);

        do
        {
            follower.Wake();
        }
        while (!await followed.WaitAsync(TimeSpan.FromMilliseconds(20), Token));

        Assert.True(Volatile.Read(ref calls) > 1);
    }

    [Fact]
    public async Task It_is_told_to_stop_when_it_is_disposed_of()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var follower = new IndexFollower(
            async stop =>
            {
                await using var _ = stop.Register(stopped.SetResult);
                begun.TrySetResult();
                await stopped.Task;
                return true;
            }, NullLogger.Instance, s_clock);
        follower.Wake();
        await begun.Task.WaitAsync(Token);

        follower.Dispose();
        follower.Dispose();
        follower.Wake();

        await stopped.Task.WaitAsync(Token);
    }
}
