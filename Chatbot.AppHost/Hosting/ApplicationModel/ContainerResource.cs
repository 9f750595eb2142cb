namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs from a container image.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes
{
    /// <summary>Replaces the program the image starts; null leaves it.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
