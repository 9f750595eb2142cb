using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Docker or Podman, through its command line.</summary>
internal sealed class ContainerEngine(string path, string network)
{
    // Docker first: whoever has both has Podman for something else.
    private static readonly string[] Names = ["docker", "podman"];

    public string Path { get; } = path;

    /// <summary>The network that the containers of this application share.</summary>
    public string Network { get; } = network;

    /// <summary>Finds an engine that answers, and makes the network.</summary>
    /// <exception cref="DistributedApplicationException">None is installed, or it does not answer.</exception>
    public static async Task<ContainerEngine> FindAsync(
        string searchPath, string network, IEnumerable<ContainerResource> containers, CancellationToken cancellationToken)
    {
        var path = Names.SelectMany(name => searchPath.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .FirstOrDefault(File.Exists)
            ?? throw new DistributedApplicationException(
                $"No container engine: neither docker nor podman is on the PATH, but these run as containers: {string.Join(", ", containers)}. "
                + "Install one (Debian: apt-get install docker.io), or start a profile without containers.");

        var engine = new ContainerEngine(path, network);
        var (exitCode, output) = await engine.ExecuteAsync(["ps", "--quiet"], null, cancellationToken);
        if (exitCode != 0)
            throw new DistributedApplicationException(
                $"The container engine {path} does not answer: {output.Trim()} Start it (systemctl start docker), or start a profile without containers.");

        // It may be there from a run that was killed; a real fault shows when the first container starts.
        await engine.ExecuteAsync(["network", "create", network], null, cancellationToken);
        return engine;
    }

    /// <summary>Runs one command of the engine to its end.</summary>
    /// <returns>The exit code and everything printed.</returns>
    public async Task<(int ExitCode, string Output)> ExecuteAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
