namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something others connect to: a server, or a database in one.</summary>
public interface IResourceWithConnectionString : IResource, IValueProvider, IManifestExpressionProvider
{
    ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>The single parts of the connection (Host, Port, Password, …), for clients that want no connection string.</summary>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties();

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        ConnectionStringExpression.GetValueAsync(context, cancellationToken);
}
