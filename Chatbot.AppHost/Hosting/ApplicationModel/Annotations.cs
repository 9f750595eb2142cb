namespace Aspire.Hosting.ApplicationModel;

// The small annotations: each is one sentence about a resource.

/// <summary>Sets environment variables when the resource starts or is published.</summary>
public sealed record EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> Callback) : IResourceAnnotation;

/// <summary>Appends to the command line; values are strings or value providers.</summary>
internal sealed record CommandLineArgsAnnotation(Action<List<object>> Callback) : IResourceAnnotation;

/// <summary>Holds a resource back until another has come as far as <see cref="Kind"/>.</summary>
internal sealed record WaitAnnotation(IResource Dependency, WaitKind Kind, int ExitCode = 0) : IResourceAnnotation;

internal enum WaitKind { Started, Healthy, Completed }

/// <summary>The resource is healthy when a GET of <see cref="Path"/> answers with <see cref="StatusCode"/>.</summary>
internal sealed record HttpHealthCheckAnnotation(string Path, int StatusCode, string? EndpointName) : IResourceAnnotation;

/// <summary>The resource is healthy when a TCP client that sends <see cref="Hello"/> (may be empty) gets any answer.</summary>
internal sealed record TcpHealthCheckAnnotation(string EndpointName, byte[] Hello) : IResourceAnnotation;

/// <summary>A command run inside a container once it is healthy; values are strings or value providers.</summary>
internal sealed record ReadyCommandAnnotation(IReadOnlyList<string> Command, IReadOnlyDictionary<string, object> Environment)
    : IResourceAnnotation;

/// <summary>How many processes of the resource run, at least 1.</summary>
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;

/// <summary>Not started with the others.</summary>
internal sealed record ExplicitStartAnnotation : IResourceAnnotation;

/// <summary>Left out when the model is published.</summary>
internal sealed record ManifestExclusionAnnotation : IResourceAnnotation;

/// <summary>registry/image:tag of a container.</summary>
internal sealed record ContainerImageAnnotation(string? Registry, string Image, string Tag) : IResourceAnnotation
{
    public override string ToString() => Registry is null ? $"{Image}:{Tag}" : $"{Registry}/{Image}:{Tag}";
}

/// <summary>A volume (source is its name) or a bind mount (source is an absolute path) of a container.</summary>
internal sealed record ContainerMountAnnotation(string? Source, string Target, bool IsBind, bool IsReadOnly) : IResourceAnnotation;
