namespace Aspire.Hosting;

/// <summary>What a builder is made with. The defaults are those of an AppHost on a developer's machine.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line, as configuration: <c>--key value</c>.</summary>
    public string[] Args { get; init; } = [];

    /// <summary>Absolute; relative project paths start here. Null takes that of the running AppHost.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The JSON file that keeps generated values; null takes the AppHost's user secrets.</summary>
    public string? UserSecretsPath { get; init; }

    /// <summary>Gets what the resources print, and the progress of the start. Written to by one thread at a time.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Gets the message when the application cannot go on.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>How long a resource may take to become healthy. Long enough to pull an image.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a process may take to end on SIGTERM before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where a container engine is looked for, as in the PATH variable.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";
}
