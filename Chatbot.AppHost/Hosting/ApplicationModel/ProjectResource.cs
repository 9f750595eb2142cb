namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project of this solution, started as a local process.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes
{
    internal IProjectMetadata Metadata => Annotations.Last<ProjectMetadataAnnotation>()!.Metadata;

    internal LaunchProfile? LaunchProfile => Annotations.Last<ProjectMetadataAnnotation>()!.Profile;
}

/// <summary>Where the project is, and the launch profile that was chosen for it.</summary>
internal sealed record ProjectMetadataAnnotation(IProjectMetadata Metadata, LaunchProfile? Profile) : IResourceAnnotation;
