using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Qdrant.</summary>
public static class QdrantBuilderExtensions
{
    /// <summary>Adds a Qdrant server; without a key one is generated and kept.</summary>
    public static IResourceBuilder<QdrantServerResource> AddQdrant(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? apiKey = null,
        int? grpcPort = null, int? httpPort = null)
    {
        var key = apiKey?.Resource ?? ParameterBuilderExtensions.GeneratedPassword(builder, $"{name}-Key", special: false);
        return builder.AddResource(new QdrantServerResource(name, key))
            .WithServerImage("qdrant/qdrant", "v1.18.0")
            .WithServerEndpoint("grpc", grpcPort, 6334, "http", "http2")
            .WithServerEndpoint("http", httpPort, 6333, "http")
            .WithHttpHealthCheck("/readyz", endpointName: "http")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["QDRANT__SERVICE__API_KEY"] = key;

                // The console is for a developer's machine.
                if (context.ExecutionContext.IsPublishMode)
                    context.EnvironmentVariables["QDRANT__SERVICE__ENABLE_STATIC_CONTENT"] = "0";
            });
    }

    public static IResourceBuilder<QdrantServerResource> WithDataVolume(
        this IResourceBuilder<QdrantServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithServerVolume(name, "/qdrant/storage", isReadOnly);

    /// <summary>Hands over both connection strings: <c>{name}</c> by gRPC and <c>{name}_http</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> source, string? connectionName)
        where TDestination : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"ConnectionStrings__{name}"] = source.Resource.ConnectionStringExpression;
            context.EnvironmentVariables[$"ConnectionStrings__{name}_http"] = source.Resource.HttpConnectionStringExpression;
            context.SetConnectionProperties(name, source.Resource);
        });
    }

    /// <inheritdoc cref="WithReference{TDestination}(IResourceBuilder{TDestination}, IResourceBuilder{QdrantServerResource}, string?)"/>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> source)
        where TDestination : IResourceWithEnvironment => builder.WithReference(source, connectionName: null);
}
