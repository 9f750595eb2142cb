namespace Chatbot.Core.Jobs;

/// <summary>
/// Durable queues between workers. At least once: a job arrives again when its worker died, so handlers are idempotent.
/// Safe for concurrent use, by several processes too.
/// </summary>
public interface IJobQueue
{
    /// <summary>Publishes jobs; they are durable when it returns. A job whose id is already in the queue is not doubled.</summary>
    Task PublishAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="most"/> jobs (1 to 256), oldest first; waits until there is at least one.</summary>
    /// <returns>At least one job, each leased for <see cref="JobQueueOptions.Lease"/>.</returns>
    Task<IReadOnlyList<LeasedJob>> TakeAsync(string queue, int most, CancellationToken cancellationToken);

    /// <summary>Holds jobs for another <see cref="JobQueueOptions.Lease"/> from now. Those whose lease ran out and that somebody else holds are left alone.</summary>
    Task RenewAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken);

    /// <summary>Marks jobs done. Those whose lease ran out are left to whoever holds them now.</summary>
    Task CompleteAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken);

    /// <summary>Gives a job back for another attempt after a back-off that doubles; after the last attempt it is dead.</summary>
    /// <returns>True when there will be another attempt.</returns>
    Task<bool> RetryAsync(LeasedJob job, string error, CancellationToken cancellationToken);

    Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken);

    /// <summary>The newest dead jobs first.</summary>
    Task<IReadOnlyList<DeadJob>> GetDeadAsync(string queue, int most, CancellationToken cancellationToken);

    /// <summary>Puts a dead job back into its queue with all its attempts; false when it is not there.</summary>
    Task<bool> ReviveAsync(string jobId, CancellationToken cancellationToken);
}
