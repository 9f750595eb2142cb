using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What can be asked of an endpoint.</summary>
public enum EndpointProperty
{
    Url, Host, IPV4Host, Port, Scheme, TargetPort, HostAndPort, TlsEnabled,
}

/// <summary>Points to an endpoint of a resource, which may be declared later. Its value is the URL.</summary>
public sealed class EndpointReference(IResourceWithEndpoints resource, string endpointName) : IValueProvider, IManifestExpressionProvider
{
    public IResourceWithEndpoints Resource { get; } = resource;

    public string EndpointName { get; } = endpointName;

    public string ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    /// <summary>The endpoint itself.</summary>
    /// <exception cref="DistributedApplicationException">The resource has no endpoint of that name.</exception>
    public EndpointAnnotation EndpointAnnotation =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName)
        ?? throw new DistributedApplicationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    /// <summary>The URL by which a local process reaches a replica.</summary>
    internal string LocalUrl(int replica) => string.Create(CultureInfo.InvariantCulture,
        $"{EndpointAnnotation.UriScheme}://{LocalHost}:{LocalPort(replica)}");

    /// <summary>A wildcard can be bound, not called.</summary>
    internal string LocalHost => EndpointAnnotation.TargetHost is "0.0.0.0" or "*" or "+" or "[::]" ? "localhost" : EndpointAnnotation.TargetHost;

    internal int LocalPort(int replica) => EndpointAnnotation.AllocatedPorts is { Count: > 0 } ports
        ? ports[replica]
        : throw new DistributedApplicationException($"Endpoint '{EndpointName}' of '{Resource.Name}' has no port before the start.");
}
