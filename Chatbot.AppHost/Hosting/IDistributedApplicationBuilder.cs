using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application. Not safe for concurrent use.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>User secrets, environment variables and the command line; the later one wins.</summary>
    IConfigurationManager Configuration { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>In the order they were added.</summary>
    IReadOnlyList<IResource> Resources { get; }

    /// <summary>Absolute path of the AppHost project's folder.</summary>
    string AppHostDirectory { get; }

    /// <exception cref="DistributedApplicationException">Another resource has the name, ignoring case.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>A builder for a resource without adding it to the model.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    DistributedApplication Build();
}
