namespace Aspire.Hosting.ApplicationModel;

// What can be said about a resource depends on its kind; the extension methods ask for one of these.

/// <summary>Takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>Takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>Listens on named endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>Can be held back until another resource is up.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>Can be asked over HTTP how it is.</summary>
public interface IResourceWithProbes : IResource;

/// <summary>Is found by others under its name: a reference hands over its URLs.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>Lives inside another resource, as a database does in its server.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource it lives in.</summary>
    IResource Parent { get; }
}
