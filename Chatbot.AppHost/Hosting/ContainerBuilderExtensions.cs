using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Containers and executables.</summary>
public static class ContainerBuilderExtensions
{
    /// <summary>Adds a container of <c>image:latest</c>.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, string name, string image) =>
        builder.AddContainer(name, image, "latest");

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string image, string tag) =>
        builder.AddResource(new ContainerResource(name)).WithAnnotation(new ContainerImageAnnotation(null, image, tag));

    /// <summary>Adds any program; a relative working directory starts at the AppHost's.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory)))
            .WithArgs(args ?? []);

    /// <summary>Mounts a volume; without a name the engine makes an anonymous one.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, IsBind: false, isReadOnly));

    /// <summary>Mounts a folder or file of this machine; a relative path starts at the AppHost's folder.</summary>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), target, IsBind: true, isReadOnly));

    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        builder.Resource.Annotations.Replace(new ContainerImageAnnotation(null, image, tag ?? "latest"));
        return builder;
    }

    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag) where T : ContainerResource
    {
        var image = builder.Resource.Annotations.Last<ContainerImageAnnotation>()
            ?? throw new DistributedApplicationException($"Container '{builder.Resource.Name}' has no image.");
        builder.Resource.Annotations.Replace(image with { Tag = tag });
        return builder;
    }

    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint) where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }
}
