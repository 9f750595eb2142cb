namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Qdrant vector database, by gRPC (the main endpoint) and HTTP.</summary>
public sealed class QdrantServerResource(string name, ParameterResource apiKey) : ServerResource(name, "grpc")
{
    public ParameterResource ApiKeyParameter { get; } = apiKey;

    public EndpointReference HttpEndpoint => new(this, "http");

    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={PrimaryEndpoint};Key={ApiKeyParameter}");

    /// <summary>The connection string over HTTP.</summary>
    public ReferenceExpression HttpConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={HttpEndpoint};Key={ApiKeyParameter}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        Property("GrpcHost", $"{Host}"),
        Property("GrpcPort", $"{Port}"),
        Property("HttpHost", $"{HttpEndpoint.Property(EndpointProperty.Host)}"),
        Property("HttpPort", $"{HttpEndpoint.Property(EndpointProperty.Port)}"),
        Property("ApiKey", $"{ApiKeyParameter}"),
        Property("Uri", $"{PrimaryEndpoint}"),
        Property("HttpUri", $"{HttpEndpoint}"),
    ];
}
