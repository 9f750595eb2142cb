namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named port a resource listens on.</summary>
public sealed class EndpointAnnotation(string name, string uriScheme) : IResourceAnnotation
{
    public string Name { get; } = name;

    /// <summary>http, https, tcp, redis: what stands before <c>://</c>.</summary>
    public string UriScheme { get; set; } = uriScheme;

    /// <summary>http, http2 or tcp.</summary>
    public string Transport { get; set; } = uriScheme is "http" or "https" ? "http" : "tcp";

    /// <summary>The port others use; null lets the host choose one.</summary>
    public int? Port { get; set; }

    /// <summary>The port the program itself listens on; null for "the same" or "whatever it is told".</summary>
    public int? TargetPort { get; set; }

    /// <summary>Where a local process binds.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Reachable from outside the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>The variable the program reads its port from.</summary>
    public string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>The ports handed out in run mode, one for each replica; empty before.</summary>
    internal IReadOnlyList<int> AllocatedPorts { get; set; } = [];
}
