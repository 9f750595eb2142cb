namespace Aspire.Hosting.ApplicationModel;

/// <summary>A MongoDB server.</summary>
public sealed class MongoDBServerResource(string name, ParameterResource? userName, ParameterResource password)
    : ServerResource(name, "tcp")
{
    private const string Source = "admin";
    private const string Mechanism = "SCRAM-SHA-256";

    public ParameterResource PasswordParameter { get; } = password;

    internal ReferenceExpression UserNameReference => UserName(userName, "admin");

    public override ReferenceExpression ConnectionStringExpression => ConnectionString("");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
        [.. Properties(), new("Uri", ConnectionStringExpression)];

    internal ReferenceExpression ConnectionString(string database) => ReferenceExpression.Create(
        $"mongodb://{UserNameReference:uri}:{PasswordParameter:uri}@{Host}:{Port}/{database}?authSource={Source}&authMechanism={Mechanism}");

    /// <summary>All but the URI, which names the database.</summary>
    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> Properties() =>
    [
        Property("Host", $"{Host}"),
        Property("Port", $"{Port}"),
        Property("Username", $"{UserNameReference}"),
        Property("Password", $"{PasswordParameter}"),
        Property("AuthenticationDatabase", $"{Source}"),
        Property("AuthenticationMechanism", $"{Mechanism}"),
    ];
}
