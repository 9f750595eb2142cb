using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What can be said about a resource of any kind.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Appends arguments to the command line.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args) where T : IResourceWithArgs =>
        builder.WithAnnotation(new CommandLineArgsAnnotation(list => list.AddRange(args)));

    /// <summary>Appends arguments: texts, endpoints, parameters or expressions.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args) where T : IResourceWithArgs =>
        builder.WithAnnotation(new CommandLineArgsAnnotation(list => list.AddRange(args)));

    /// <summary>Starts when the other is running and, if it has health checks, healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Healthy);

    /// <summary>Starts when the other is running.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Started);

    /// <summary>Starts when the other has ended with the exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitKind.Completed, exitCode);

    /// <summary>Healthy means: a GET of the path (default <c>/</c>) answers with the status (default 200).</summary>
    /// <param name="endpointName">With none it takes https before http.</param>
    /// <exception cref="DistributedApplicationException">The path is checked already.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var check = new HttpHealthCheckAnnotation(path ?? "/", statusCode ?? 200, endpointName);
        if (builder.Resource.Annotations.OfType<HttpHealthCheckAnnotation>().Any(c => c.Path == check.Path && c.EndpointName == endpointName))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check for '{check.Path}'.");
        return builder.WithAnnotation(check);
    }

    /// <summary>Tells an orchestrator how to ask the resource; here it is a health check.</summary>
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder, ProbeType type, string? path = null, int? initialDelaySeconds = null,
        int? periodSeconds = null, int? timeoutSeconds = null, int? failureThreshold = null, int? successThreshold = null,
        string? endpointName = null) where T : IResourceWithEndpoints, IResourceWithProbes =>
        builder.WithHttpHealthCheck(path, endpointName: endpointName);

    /// <summary>Does not start with the others.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource =>
        builder.WithAnnotation(new ExplicitStartAnnotation());

    /// <summary>Is not published.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder) where T : IResource =>
        builder.WithAnnotation(new ManifestExclusionAnnotation());

    internal static IResourceBuilder<T> WithAnnotation<T>(this IResourceBuilder<T> builder, IResourceAnnotation annotation) where T : IResource
    {
        builder.Resource.Annotations.Add(annotation);
        return builder;
    }

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitKind kind, int exitCode = 0) where T : IResource =>
        ReferenceEquals(builder.Resource, dependency.Resource)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' cannot wait for itself.")
            : builder.WithAnnotation(new WaitAnnotation(dependency.Resource, kind, exitCode));
}
