namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database in a MongoDB server, which makes it when it is first written to.</summary>
public sealed class MongoDBDatabaseResource(string name, string databaseName, MongoDBServerResource parent)
    : Resource(name), IResourceWithConnectionString, IResourceWithParent
{
    public MongoDBServerResource Parent { get; } = parent;

    IResource IResourceWithParent.Parent => Parent;

    public ReferenceExpression ConnectionStringExpression => Parent.ConnectionString(databaseName);

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        .. Parent.Properties(),
        new("DatabaseName", ReferenceExpression.Create($"{databaseName}")),
        new("Uri", ConnectionStringExpression),
    ];
}
