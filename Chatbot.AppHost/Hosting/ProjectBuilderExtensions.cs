using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The .NET projects of the solution.</summary>
public static class ProjectBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject(name, new TProject(), null);

    /// <param name="launchProfileName">Null takes no profile at all.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName) where TProject : IProjectMetadata, new() =>
        builder.AddProject(name, new TProject(), launchProfileName ?? LaunchProfile.None);

    /// <param name="projectPath">A project file; a relative path starts at the AppHost's folder.</param>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, new ProjectAtPath(Path.GetFullPath(projectPath, builder.AppHostDirectory)), null);

    /// <summary>Runs that many processes. Locally each has its own port, and only the first the fixed one.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Annotations.Replace(new ReplicaAnnotation(replicas));
        return builder;
    }

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, string? profileName)
    {
        var profile = LaunchProfile.Load(metadata.ProjectPath, profileName, builder.Configuration["DOTNET_LAUNCH_PROFILE"]);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(new ProjectMetadataAnnotation(metadata, profile));
        foreach (var url in profile?.ApplicationUrls ?? [])
            project.WithAnnotation(EndpointOf(url, project.Resource, builder.ExecutionContext.IsRunMode));

        return builder.ExecutionContext.IsRunMode
            ? project.WithRunModeEnvironment(profile)
            : project.WithPublishModeEnvironment();
    }

    // Published services get their ports from where they are deployed; those of the profile are for this machine.
    private static EndpointAnnotation EndpointOf(Uri url, ProjectResource project, bool isRunMode)
    {
        var same = project.Annotations.OfType<EndpointAnnotation>().Count(e => e.UriScheme == url.Scheme);
        var name = same == 0 ? url.Scheme : string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}{same + 1}");
        return new EndpointAnnotation(name, url.Scheme) { Port = isRunMode ? url.Port : null, TargetHost = url.Host };
    }

    private sealed record ProjectAtPath(string ProjectPath) : IProjectMetadata;
}
