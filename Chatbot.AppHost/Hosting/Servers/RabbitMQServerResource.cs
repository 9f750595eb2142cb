namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker.</summary>
public sealed class RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password)
    : ServerResource(name, "tcp")
{
    public ParameterResource PasswordParameter { get; } = password;

    internal ReferenceExpression UserNameReference => UserName(userName, "guest");

    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"amqp://{UserNameReference:uri}:{PasswordParameter:uri}@{Host}:{Port}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        Property("Host", $"{Host}"),
        Property("Port", $"{Port}"),
        Property("Username", $"{UserNameReference}"),
        Property("Password", $"{PasswordParameter}"),
        Property("Uri", $"{ConnectionStringExpression}"),
    ];
}
