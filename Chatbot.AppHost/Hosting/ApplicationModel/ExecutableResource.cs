namespace Aspire.Hosting.ApplicationModel;

/// <summary>Any program, started as a local process.</summary>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes
{
    /// <summary>A path, or a name on the PATH.</summary>
    public string Command { get; } = command;

    /// <summary>An absolute path.</summary>
    public string WorkingDirectory { get; } = workingDirectory;
}
