namespace Aspire.Hosting.ApplicationModel;

/// <summary>A MySQL server, used as root.</summary>
public sealed class MySqlServerResource(string name, ParameterResource password) : ServerResource(name, "tcp")
{
    public ParameterResource PasswordParameter { get; } = password;

    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Server={Host};Port={Port};User ID=root;Password={PasswordParameter}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => Properties("");

    /// <param name="path">Empty, or the database after a slash.</param>
    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> Properties(string path) =>
    [
        Property("Host", $"{Host}"),
        Property("Port", $"{Port}"),
        Property("Username", $"root"),
        Property("Password", $"{PasswordParameter}"),
        Property("Uri", $"mysql://root:{PasswordParameter:uri}@{Host}:{Port}{path}"),
        Property("JdbcConnectionString", $"jdbc:mysql://{Host}:{Port}{path}"),
    ];
}
