namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database in a MySQL server.</summary>
public sealed class MySqlDatabaseResource(string name, string databaseName, MySqlServerResource parent)
    : Resource(name), IResourceWithConnectionString, IResourceWithParent
{
    public MySqlServerResource Parent { get; } = parent;

    IResource IResourceWithParent.Parent => Parent;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{new ConnectionStringReference(Parent, optional: false)};Database={databaseName}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
        [.. Parent.Properties($"/{databaseName}"), new("DatabaseName", ReferenceExpression.Create($"{databaseName}"))];
}
