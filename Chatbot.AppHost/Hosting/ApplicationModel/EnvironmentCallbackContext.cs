namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback that sets environment variables gets: the variables so far, and where they are for.</summary>
public sealed class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext, IResource resource, CancellationToken cancellationToken)
{
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public IResource Resource { get; } = resource;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Values are strings, or providers that are resolved at start (run) or written as expressions (publish).</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    /// <summary>Runs all callbacks of a resource in their order.</summary>
    internal static async Task<Dictionary<string, object>> CollectAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(context);
        return context.EnvironmentVariables;
    }
}
