using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Jobs;
using Chatbot.Core.Jobs;
using Chatbot.Tests.Backends.Jobs;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Jobs;

public sealed class SqliteJobQueueTests : JobQueueContract, IDisposable
{
    private readonly EmbeddedData data = new();
    private readonly ManualTimeProvider clock = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_job_whose_lease_ran_out_is_taken_by_another_worker()
    {
        var options = new JobQueueOptions { Lease = TimeSpan.FromMinutes(2) };
        var (one, other) = (await OpenAsync(options, clock), await OpenAsync(options, clock));
        await one.PublishAsync([NewJob("slow")], Token);
        var lost = Assert.Single(await one.TakeAsync(Queue, 1, Token));
        var waiting = other.TakeAsync(Queue, 1, Token);

        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.False(waiting.IsCompleted);
        var taken = Assert.Single(await AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(1)));

        Assert.Equal((lost.Job.Id, 2), (taken.Job.Id, taken.Attempt));
        await one.CompleteAsync([lost], Token);
        Assert.True(await one.RetryAsync(lost, "too late", Token));
        Assert.Equal(new QueueDepth(0, 1, 0), await one.GetDepthAsync(Queue, Token));
        await other.CompleteAsync([taken], Token);
        Assert.True((await one.GetDepthAsync(Queue, Token)).IsIdle);
    }

    [Fact]
    public async Task A_job_whose_lease_is_renewed_stays_with_its_worker()
    {
        var options = new JobQueueOptions { Lease = TimeSpan.FromMinutes(2) };
        var (one, other) = (await OpenAsync(options, clock), await OpenAsync(options, clock));
        await one.PublishAsync([NewJob("slow")], Token);
        var slow = await one.TakeAsync(Queue, 1, Token);
        for (var minute = 0; minute < 10; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await one.RenewAsync(slow, Token);
        }

        await one.PublishAsync([NewJob("next")], Token);
        var taken = await other.TakeAsync(Queue, 256, Token);

        Assert.Equal("next", Assert.Single(taken).Job.Body);
        await one.CompleteAsync(slow, Token);
        Assert.Equal(new QueueDepth(0, 1, 0), await one.GetDepthAsync(Queue, Token));
    }

    [Fact]
    public async Task A_late_worker_completes_what_nobody_else_took()
    {
        var queue = await OpenAsync(new JobQueueOptions(), clock);
        await queue.PublishAsync([NewJob("slow")], Token);
        var taken = await queue.TakeAsync(Queue, 1, Token);

        clock.Advance(TimeSpan.FromHours(1));
        await queue.CompleteAsync(taken, Token);

        Assert.True((await queue.GetDepthAsync(Queue, Token)).IsIdle);
    }

    [Fact]
    public async Task A_job_that_takes_every_worker_down_is_dead_after_its_last_attempt()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 2 }, clock);
        await queue.PublishAsync([NewJob("poison")], Token);
        await queue.TakeAsync(Queue, 1, Token);
        clock.Advance(TimeSpan.FromHours(1));
        await queue.TakeAsync(Queue, 1, Token);
        clock.Advance(TimeSpan.FromHours(1));
        await queue.PublishAsync([NewJob("next")], Token);

        var taken = await queue.TakeAsync(Queue, 256, Token);

        Assert.Equal("next", Assert.Single(taken).Job.Body);
        Assert.Equal(("poison", 2), (await queue.GetDeadAsync(Queue, 1, Token))
            .Select(dead => (dead.Job.Body, dead.Attempts)).Single());
    }

    [Fact]
    public async Task A_job_that_takes_its_worker_down_takes_no_other_job_along()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 3 }, clock);
        await queue.PublishAsync([NewJob("poison"), NewJob("one"), NewJob("two")], Token);
        await queue.TakeAsync(Queue, 256, Token);
        var taken = new List<string>();

        while (taken.Count < 4)
        {
            // All that is leased is lost; a worker that gets the poison is lost, too.
            clock.Advance(TimeSpan.FromHours(1));
            var jobs = await queue.TakeAsync(Queue, 256, Token);
            taken.Add(Assert.Single(jobs).Job.Body);
            if (taken[^1] != "poison")
                await queue.CompleteAsync(jobs, Token);
        }

        Assert.Equal(["poison", "one", "two", "poison"], taken);
        clock.Advance(TimeSpan.FromHours(1));
        await queue.PublishAsync([NewJob("next")], Token);
        Assert.Equal("next", Assert.Single(await queue.TakeAsync(Queue, 256, Token)).Job.Body);
        Assert.Equal("poison", Assert.Single(await queue.GetDeadAsync(Queue, 10, Token)).Job.Body);
    }

    [Fact]
    public async Task Jobs_of_a_process_that_was_killed_are_taken_at_once()
    {
        var queue = await OpenAsync(new JobQueueOptions(), clock);
        await queue.PublishAsync([NewJob("held"), NewJob("orphaned")], Token);
        await queue.TakeAsync(Queue, 1, Token);
        var orphaned = Assert.Single(await queue.TakeAsync(Queue, 1, Token));
        // The name that a process had which ran before this one under the same number.
        var parts = LeaseName.New().Split('-');
        parts[2] = "1";
        await (await data.OpenMigratedAsync()).WriteAsync(
            transaction => transaction.RunAsync("UPDATE jobs SET lease = @dead WHERE id = @Id", new { dead = string.Join('-', parts), orphaned.Job.Id }, Token), Token);

        var taken = Assert.Single(await queue.TakeAsync(Queue, 256, Token));

        Assert.Equal(("orphaned", 2), (taken.Job.Body, taken.Attempt));
    }

    [Fact]
    public async Task Each_pause_before_another_attempt_is_twice_the_one_before()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 4, BackOff = TimeSpan.FromSeconds(8) }, clock);
        await queue.PublishAsync([NewJob("again")], Token);
        var pauses = new List<double>();

        var job = Assert.Single(await queue.TakeAsync(Queue, 1, Token));
        while (await queue.RetryAsync(job, "error", Token))
        {
            var failed = clock.GetUtcNow();
            clock.Advance(TimeSpan.FromMinutes(1));
            job = Assert.Single(await queue.TakeAsync(Queue, 1, Token));
            pauses.Add((job.Job.NotBefore!.Value - failed).TotalSeconds);
        }

        Assert.Equal(3, pauses.Count);
        Assert.InRange(pauses[0], 8, 10);
        Assert.InRange(pauses[1], 16, 20);
        Assert.InRange(pauses[2], 32, 40);
    }

    [Fact]
    public async Task A_job_is_not_taken_before_its_time()
    {
        var queue = await OpenAsync(new JobQueueOptions(), clock);
        await queue.PublishAsync([NewJob("later") with { NotBefore = clock.GetUtcNow() + TimeSpan.FromMinutes(1) }, NewJob("now")], Token);

        var now = await queue.TakeAsync(Queue, 256, Token);
        Assert.Equal("now", Assert.Single(now).Job.Body);
        // Done with: its lease would run out while the clock goes on.
        await queue.CompleteAsync(now, Token);
        var waiting = queue.TakeAsync(Queue, 1, Token);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);

        Assert.Equal("later", Assert.Single(await AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(1))).Job.Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task A_number_of_jobs_out_of_range_is_refused(int most)
    {
        var queue = await OpenAsync(new JobQueueOptions());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.TakeAsync(Queue, most, Token));
    }

    protected override Task<IJobQueue> OpenAsync(JobQueueOptions options) => OpenAsync(options, TimeProvider.System);

    private async Task<IJobQueue> OpenAsync(JobQueueOptions options, TimeProvider time) =>
        new SqliteJobQueue(await data.OpenMigratedAsync(), Options.Create(options), time);

    // The waiting worker sets its next timer on another thread than the clock's: it is moved until the worker saw it.
    private async Task<IReadOnlyList<LeasedJob>> AdvanceUntilAsync(Task<IReadOnlyList<LeasedJob>> taking, TimeSpan step)
    {
        while (!taking.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            clock.Advance(step);
            await Task.Yield();
        }

        return await taking;
    }
}
