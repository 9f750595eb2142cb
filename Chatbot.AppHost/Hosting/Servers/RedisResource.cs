namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public sealed class RedisResource(string name, ParameterResource password) : ServerResource(name, "tcp")
{
    public ParameterResource PasswordParameter { get; } = password;

    /// <summary>How often the data are saved; null for never.</summary>
    internal (TimeSpan Interval, long KeysChanged)? Persistence { get; set; }

    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Host}:{Port},password={PasswordParameter}{Tls}");

    // Whether there is TLS is known only where the server runs.
    private ReferenceExpression Tls => ReferenceExpression.CreateConditional(
        PrimaryEndpoint.Property(EndpointProperty.TlsEnabled), bool.TrueString,
        ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Create($""));

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        Property("Host", $"{Host}"),
        Property("Port", $"{Port}"),
        Property("Password", $"{PasswordParameter}"),
        Property("Uri", $"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://:{PasswordParameter:uri}@{Host}:{Port}"),
    ];
}
