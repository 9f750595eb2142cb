using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What the servers have in common.</summary>
internal static class ServerBuilderExtensions
{
    private const string Registry = "docker.io";

    public static IResourceBuilder<T> WithServerImage<T>(this IResourceBuilder<T> builder, string image, string tag) where T : ServerResource =>
        builder.WithAnnotation(new ContainerImageAnnotation(Registry, image, tag));

    /// <summary>An endpoint with a fixed port inside the container.</summary>
    public static IResourceBuilder<T> WithServerEndpoint<T>(
        this IResourceBuilder<T> builder, string name, int? port, int targetPort, string scheme = "tcp", string? transport = null)
        where T : ServerResource
    {
        var endpoint = new EndpointAnnotation(name, scheme) { Port = port, TargetPort = targetPort };
        endpoint.Transport = transport ?? endpoint.Transport;
        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Mounts a volume, by default one named for the application, so that data outlive the container.</summary>
    public static IResourceBuilder<T> WithServerVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly)
        where T : ServerResource => builder.WithVolume(name ?? DefaultVolume(builder), target, isReadOnly);

    private static string DefaultVolume<T>(IResourceBuilder<T> builder) where T : ServerResource
    {
        var directory = builder.ApplicationBuilder.AppHostDirectory;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..10];
        return $"{Path.GetFileName(directory).ToLowerInvariant()}-{hash}-{builder.Resource.Name}-data";
    }
}
