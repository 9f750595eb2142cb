using System.Collections.Concurrent;
using Chatbot.Core;
using Chatbot.Core.Jobs;
using Xunit;

namespace Chatbot.Tests.Backends.Jobs;

/// <summary>What every <see cref="IJobQueue"/> does.</summary>
public abstract class JobQueueContract
{
    protected const string Queue = "test";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another instance on the same queues, as another process has it.</summary>
    protected abstract Task<IJobQueue> OpenAsync(JobQueueOptions options);

    [Fact]
    public async Task Jobs_are_taken_oldest_first_and_leave_when_they_are_done()
    {
        var queue = await OpenAsync();
        var jobs = Enumerable.Range(0, 5).Select(i => NewJob($"{i}")).ToList();
        await queue.PublishAsync(jobs[..3], Token);
        await queue.PublishAsync(jobs[3..], Token);

        var first = await queue.TakeAsync(Queue, 2, Token);
        var rest = await queue.TakeAsync(Queue, 256, Token);

        Assert.Equal(["0", "1"], first.Select(job => job.Job.Body));
        Assert.Equal(["2", "3", "4"], rest.Select(job => job.Job.Body));
        Assert.All(first, job => Assert.Equal(1, job.Attempt));
        Assert.Equal(new QueueDepth(0, 5, 0), await queue.GetDepthAsync(Queue, Token));
        await queue.CompleteAsync([.. first, .. rest], Token);
        Assert.True((await queue.GetDepthAsync(Queue, Token)).IsIdle);
    }

    [Fact]
    public async Task A_job_arrives_as_it_was_published()
    {
        var queue = await OpenAsync();
        var job = new Job(Ids.New(), Queue, """{"text":"Grüezi 中文 😀 '\""}""") { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        await queue.PublishAsync([job], Token);

        var taken = Assert.Single(await queue.TakeAsync(Queue, 1, Token)).Job;

        Assert.Equal((job.Id, job.Queue, job.Body, job.TraceParent), (taken.Id, taken.Queue, taken.Body, taken.TraceParent));
    }

    [Fact]
    public async Task A_job_that_is_published_twice_arrives_once()
    {
        var queue = await OpenAsync();
        var job = NewJob("once");

        await queue.PublishAsync([job, job], Token);
        await queue.PublishAsync([job], Token);

        Assert.Single(await queue.TakeAsync(Queue, 256, Token));
        await queue.PublishAsync([job], Token);
        Assert.Equal(new QueueDepth(0, 1, 0), await queue.GetDepthAsync(Queue, Token));
    }

    [Fact]
    public async Task A_job_that_is_done_can_be_published_again()
    {
        var queue = await OpenAsync();
        var job = NewJob("again");
        await queue.PublishAsync([job], Token);
        await queue.CompleteAsync(await queue.TakeAsync(Queue, 1, Token), Token);

        await queue.PublishAsync([job], Token);

        Assert.Single(await queue.TakeAsync(Queue, 1, Token));
    }

    [Fact]
    public async Task Queues_do_not_mix()
    {
        var queue = await OpenAsync();
        await queue.PublishAsync([NewJob("a"), new Job(Ids.New(), "other", "b")], Token);

        Assert.Equal("b", Assert.Single(await queue.TakeAsync("other", 256, Token)).Job.Body);
        Assert.Equal("a", Assert.Single(await queue.TakeAsync(Queue, 256, Token)).Job.Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_waiting_worker_gets_what_is_published_here_or_elsewhere(bool elsewhere)
    {
        var queue = await OpenAsync();
        var publisher = elsewhere ? await OpenAsync() : queue;
        var waiting = queue.TakeAsync(Queue, 1, Token);

        await publisher.PublishAsync([NewJob("now")], Token);

        Assert.Equal("now", Assert.Single(await waiting).Job.Body);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled_and_takes_nothing_with_it()
    {
        var queue = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        var waiting = queue.TakeAsync(Queue, 1, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await queue.PublishAsync([NewJob("kept")], Token);
        Assert.Single(await queue.TakeAsync(Queue, 1, Token));
    }

    [Fact]
    public async Task A_job_comes_back_until_its_last_attempt_and_is_dead_then()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 3, BackOff = TimeSpan.FromMilliseconds(10) });
        var published = NewJob("bad");
        await queue.PublishAsync([published], Token);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var job = Assert.Single(await queue.TakeAsync(Queue, 1, Token));
            Assert.Equal(attempt, job.Attempt);
            Assert.Equal(attempt < 3, await queue.RetryAsync(job, $"error {attempt}", Token));
        }

        Assert.Equal(new QueueDepth(0, 0, 1), await queue.GetDepthAsync(Queue, Token));
        var dead = Assert.Single(await queue.GetDeadAsync(Queue, 10, Token));
        Assert.Equal((published.Id, "bad", 3, "error 3"), (dead.Job.Id, dead.Job.Body, dead.Attempts, dead.Error));
    }

    [Fact]
    public async Task A_dead_job_is_revived_with_all_its_attempts()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 1 });
        var published = NewJob("bad");
        await queue.PublishAsync([published], Token);
        await queue.RetryAsync((await queue.TakeAsync(Queue, 1, Token))[0], "error", Token);

        Assert.True(await queue.ReviveAsync(published.Id, Token));
        Assert.False(await queue.ReviveAsync(published.Id, Token));

        Assert.Equal(1, Assert.Single(await queue.TakeAsync(Queue, 1, Token)).Attempt);
        Assert.Empty(await queue.GetDeadAsync(Queue, 10, Token));
    }

    [Fact]
    public async Task A_dead_job_stays_dead_when_it_is_published_again()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 1 });
        var published = NewJob("bad");
        await queue.PublishAsync([published], Token);
        await queue.RetryAsync((await queue.TakeAsync(Queue, 1, Token))[0], "error", Token);

        await queue.PublishAsync([published], Token);

        Assert.Equal(new QueueDepth(0, 0, 1), await queue.GetDepthAsync(Queue, Token));
    }

    [Fact]
    public async Task The_newest_dead_jobs_come_first()
    {
        var queue = await OpenAsync(new JobQueueOptions { Attempts = 1 });
        await queue.PublishAsync([.. Enumerable.Range(0, 4).Select(i => NewJob($"{i}"))], Token);
        foreach (var job in await queue.TakeAsync(Queue, 4, Token))
            await queue.RetryAsync(job, "error", Token);

        Assert.Equal(["3", "2", "1"], (await queue.GetDeadAsync(Queue, 3, Token)).Select(dead => dead.Job.Body));
    }

    [Fact]
    public async Task Workers_of_several_instances_share_the_jobs()
    {
        IJobQueue[] instances = [await OpenAsync(), await OpenAsync()];
        var published = Enumerable.Range(0, 1_000).Select(i => NewJob($"{i}")).ToList();
        var taken = new ConcurrentBag<string>();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var workers = Enumerable.Range(0, 6).Select(i => Task.Run(() => WorkAsync(instances[i % 2]), Token)).ToList();
        foreach (var some in published.Chunk(100))
            await instances[0].PublishAsync(some, Token);
        await Task.WhenAll(workers);

        Assert.Equal(published.Select(job => job.Id).Order(), taken.Order());
        Assert.True((await instances[0].GetDepthAsync(Queue, Token)).IsIdle);

        async Task WorkAsync(IJobQueue queue)
        {
            try
            {
                while (true)
                {
                    var jobs = await queue.TakeAsync(Queue, 16, done.Token);
                    await queue.CompleteAsync(jobs, Token);
                    foreach (var job in jobs)
                        taken.Add(job.Job.Id);
                    if (taken.Count >= published.Count)
                        await done.CancelAsync();
                }
            }
            catch (OperationCanceledException) when (!Token.IsCancellationRequested)
            {
                // All are taken.
            }
        }
    }

    protected Task<IJobQueue> OpenAsync() => OpenAsync(new JobQueueOptions());

    protected static Job NewJob(string body) => new(Ids.New(), Queue, body);
}
