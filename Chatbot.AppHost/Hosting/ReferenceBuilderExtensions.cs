using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>References: they hand a resource what it needs to reach another. Waiting is said apart.</summary>
public static class ReferenceBuilderExtensions
{
    /// <summary>Sets <c>ConnectionStrings__{name}</c> and a variable for each property of the connection.</summary>
    /// <param name="connectionName">Null takes the name of the source.</param>
    /// <param name="optional">Whether a missing connection string is left out instead of stopping the start.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false) where TDestination : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"ConnectionStrings__{name}"] = new ConnectionStringReference(source.Resource, optional);
            context.SetConnectionProperties(name, source.Resource);
        });
    }

    /// <summary>Sets <c>services__{name}__{scheme}__{n}</c> and <c>{NAME}_{ENDPOINT}</c> for each endpoint of the source.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithReference(source, source.Resource.Name);

    /// <inheritdoc cref="WithReference{TDestination}(IResourceBuilder{TDestination}, IResourceBuilder{IResourceWithServiceDiscovery})"/>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
                context.SetServiceEndpoint(name, new EndpointReference(source.Resource, endpoint.Name));
        });

    /// <summary>As a reference to the whole resource, for one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpoint) where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.SetServiceEndpoint(endpoint.Resource.Name, endpoint));

    /// <summary>Hands over the address of a service outside the application.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, string name, Uri uri) where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment($"services__{name}__default__0", uri.IsAbsoluteUri
            ? uri.ToString()
            : throw new DistributedApplicationException($"The address of service '{name}' must be absolute: '{uri}'."));

    internal static void SetConnectionProperties(this EnvironmentCallbackContext context, string name, IResourceWithConnectionString source)
    {
        foreach (var (property, value) in source.GetConnectionProperties())
            context.EnvironmentVariables[$"{VariableName(name)}_{property.ToUpperInvariant()}"] = value;
    }

    /// <summary>Upper case, and an underscore for what is neither letter nor digit.</summary>
    internal static string VariableName(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static void SetServiceEndpoint(this EnvironmentCallbackContext context, string name, EndpointReference endpoint)
    {
        var scheme = endpoint.EndpointAnnotation.UriScheme;
        context.EnvironmentVariables[$"{VariableName(name)}_{VariableName(endpoint.EndpointName)}"] = endpoint;

        // A published service has one address for all its replicas; local replicas have one each.
        var next = context.EnvironmentVariables.Keys.Count(k => k.StartsWith($"services__{name}__{scheme}__", StringComparison.Ordinal));
        if (context.ExecutionContext.IsPublishMode)
            context.EnvironmentVariables[Key(next)] = endpoint;
        else
            for (var replica = 0; replica < endpoint.EndpointAnnotation.AllocatedPorts.Count; replica++)
                context.EnvironmentVariables[Key(next + replica)] = endpoint.LocalUrl(replica);

        string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"services__{name}__{scheme}__{index}");
    }
}
