using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One property of an endpoint, as seen by whoever asks.</summary>
public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property) : IValueProvider, IManifestExpressionProvider
{
    public EndpointReference Endpoint { get; } = endpoint;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression => Property switch
    {
        EndpointProperty.HostAndPort =>
            $"{Endpoint.Property(EndpointProperty.Host).ValueExpression}:{Endpoint.Property(EndpointProperty.Port).ValueExpression}",
        EndpointProperty.IPV4Host => Binding("host"),
        EndpointProperty.TargetPort => Binding("targetPort"),
        EndpointProperty.TlsEnabled => Binding("tlsEnabled"),
        _ => Binding(Property.ToString().ToLowerInvariant()),
    };

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => new(Value(context.Caller));

    private string Value(IResource? caller)
    {
        var (host, port) = Address(caller);
        var scheme = Endpoint.EndpointAnnotation.UriScheme;
        var target = Endpoint.EndpointAnnotation.TargetPort ?? port;
        return Property switch
        {
            EndpointProperty.Url => string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}"),
            EndpointProperty.Host => host,
            EndpointProperty.IPV4Host => host == "localhost" ? "127.0.0.1" : host,
            EndpointProperty.Port => port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.Scheme => scheme,
            EndpointProperty.TargetPort => target.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"),
            EndpointProperty.TlsEnabled => scheme is "https" or "rediss" ? bool.TrueString : bool.FalseString,
            _ => throw new InvalidOperationException($"Unknown endpoint property {Property}."),
        };
    }

    // Containers share a network, where the resource's name is its host; its own process listens on loopback only.
    private (string Host, int Port) Address(IResource? caller) => (caller, Endpoint.Resource) switch
    {
        (ContainerResource, ContainerResource target) =>
            (target.Name, Endpoint.EndpointAnnotation.TargetPort ?? Endpoint.LocalPort(0)),
        (ContainerResource container, var target) => throw new DistributedApplicationException(
            $"Container '{container.Name}' cannot reach '{target.Name}', which runs as a local process on loopback."),
        _ => (Endpoint.LocalHost, Endpoint.LocalPort(0)),
    };

    private string Binding(string name) => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{name}}}";
}
