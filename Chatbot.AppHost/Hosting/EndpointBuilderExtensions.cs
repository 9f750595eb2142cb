using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The ports a resource listens on.</summary>
public static class EndpointBuilderExtensions
{
    /// <summary>Declares an endpoint; its name is the scheme's unless given.</summary>
    /// <param name="port">The port others use; null takes a free one.</param>
    /// <param name="targetPort">The port the program listens on.</param>
    /// <param name="env">The variable the program reads its port from.</param>
    /// <param name="isProxied">Accepted for the model's sake: nothing stands between a caller and the program here.</param>
    /// <exception cref="DistributedApplicationException">The endpoint exists.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null,
        string? env = null, bool isProxied = true, bool? isExternal = null) where T : IResourceWithEndpoints
    {
        var uriScheme = scheme ?? "tcp";
        var endpoint = new EndpointAnnotation(name ?? uriScheme, uriScheme)
        {
            Port = port,
            TargetPort = targetPort,
            IsExternal = isExternal ?? false,
            TargetPortEnvironmentVariable = env,
        };
        return builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(e => e.Name == endpoint.Name)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has an endpoint '{endpoint.Name}'.")
            : builder.WithAnnotation(endpoint);
    }

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool, bool?)"/>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null,
        bool isProxied = true) where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Changes an endpoint, or makes it first.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == endpointName);
        if (endpoint is null && createIfNotExists)
            builder.WithAnnotation(endpoint = new EndpointAnnotation(endpointName, endpointName is "http" or "https" ? endpointName : "tcp"));
        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Makes all http and https endpoints reachable from outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        new(builder.Resource, name);
}
