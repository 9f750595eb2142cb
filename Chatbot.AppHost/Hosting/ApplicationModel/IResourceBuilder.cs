namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says more about one resource of an application that is being built. Not safe for concurrent use.</summary>
/// <typeparam name="T">Covariant, so that a builder of a server passes where one of any resource is asked for.</typeparam>
public interface IResourceBuilder<out T> where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }
}

/// <inheritdoc cref="IResourceBuilder{T}"/>
internal sealed class ResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
    where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder { get; } = applicationBuilder;

    public T Resource { get; } = resource;
}
