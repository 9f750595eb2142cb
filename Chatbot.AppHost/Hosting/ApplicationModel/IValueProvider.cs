namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value known only once the application runs.</summary>
public interface IValueProvider
{
    /// <summary>The value as the caller of <paramref name="context"/> has to see it.</summary>
    /// <exception cref="DistributedApplicationException">The value is missing; the message says how to give it.</exception>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken);
}

/// <summary>A value that is an expression in the manifest, such as <c>{redis.bindings.tcp.port}</c>.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

/// <summary>Who asks: a container sees other addresses than a local process.</summary>
public sealed class ValueProviderContext
{
    public IResource? Caller { get; init; }
}
