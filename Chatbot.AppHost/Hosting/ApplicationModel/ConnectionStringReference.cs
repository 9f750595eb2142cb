namespace Aspire.Hosting.ApplicationModel;

/// <summary>The connection string of a resource, as another one gets it.</summary>
internal sealed class ConnectionStringReference(IResourceWithConnectionString resource, bool optional)
    : IValueProvider, IManifestExpressionProvider
{
    public IResourceWithConnectionString Resource { get; } = resource;

    public string ValueExpression => Resource.ValueExpression;

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var value = await Resource.GetValueAsync(context, cancellationToken);
        return string.IsNullOrEmpty(value) && !optional
            ? throw new DistributedApplicationException($"The connection string of '{Resource.Name}' is empty.")
            : value;
    }
}
