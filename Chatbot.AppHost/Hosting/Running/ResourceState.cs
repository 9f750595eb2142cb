namespace Aspire.Hosting.Running;

/// <summary>How far a resource has come. Each step is taken once.</summary>
internal sealed class ResourceState
{
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Healthy { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Has the first exit code that is not 0, or 0, when all replicas have ended.</summary>
    public TaskCompletionSource<int> Completed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
