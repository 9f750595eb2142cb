namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that runs as a container and is reached through one main endpoint.</summary>
public abstract class ServerResource(string name, string endpointName) : ContainerResource(name), IResourceWithConnectionString
{
    /// <summary>The endpoint of the connection string.</summary>
    public EndpointReference PrimaryEndpoint => new(this, endpointName);

    public abstract ReferenceExpression ConnectionStringExpression { get; }

    public abstract IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties();

    internal EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    internal EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    internal static KeyValuePair<string, ReferenceExpression> Property(
        string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value) => new(name, ReferenceExpression.Create(value));

    /// <summary>A user name: the parameter's, or the server's own default.</summary>
    internal static ReferenceExpression UserName(ParameterResource? parameter, string fallback) =>
        parameter is null ? ReferenceExpression.Create($"{fallback}") : ReferenceExpression.Create($"{parameter}");
}
