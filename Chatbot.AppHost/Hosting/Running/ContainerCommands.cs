using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>How a container is started and removed. It runs in the foreground of the engine's client: its output is ours, and SIGTERM goes through.</summary>
internal static class ContainerCommands
{
    public static async Task<ProcessStartInfo> CreateAsync(
        ContainerResource container, ContainerEngine engine, DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken)
    {
        // A container of this name is the rest of a run that was killed.
        await RemoveAsync(container, engine, cancellationToken);

        var environment = await RunValues.EnvironmentAsync(container, executionContext, cancellationToken);
        var arguments = await RunValues.ArgumentsAsync(container, cancellationToken);
        var start = new ProcessStartInfo(engine.Path, RunArguments(container, engine.Network, environment.Keys, arguments));
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Runs a command in a running container.</summary>
    public static async Task<(int ExitCode, string Output)> ExecuteAsync(
        ContainerResource container, ReadyCommandAnnotation command, ContainerEngine engine, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in command.Environment)
            environment[name] = await RunValues.ResolveAsync(value, container, cancellationToken) ?? "";
        return await engine.ExecuteAsync(
            ["exec", .. environment.Keys.SelectMany(name => new[] { "--env", name }), Name(container, engine.Network), .. command.Command],
            environment, cancellationToken);
    }

    public static Task RemoveAsync(ContainerResource container, ContainerEngine engine, CancellationToken cancellationToken) =>
        engine.ExecuteAsync(["rm", "--force", Name(container, engine.Network)], null, cancellationToken);

    /// <summary>The arguments of <c>docker run</c>. Values of variables are not among them: every user of the machine can read those.</summary>
    internal static List<string> RunArguments(
        ContainerResource container, string network, IEnumerable<string> variables, IEnumerable<string> arguments)
    {
        var image = container.Annotations.Last<ContainerImageAnnotation>()
            ?? throw new DistributedApplicationException($"Container '{container.Name}' has no image.");
        List<string> command =
            ["run", "--rm", "--name", Name(container, network), "--network", network, "--network-alias", container.Name];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
            command.AddRange(["--publish", string.Create(CultureInfo.InvariantCulture,
                $"127.0.0.1:{endpoint.AllocatedPorts[0]}:{endpoint.TargetPort ?? endpoint.AllocatedPorts[0]}")]);
        foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>())
            command.AddRange(["--volume", $"{(mount.Source is null ? "" : mount.Source + ":")}{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}"]);
        foreach (var name in variables)
            command.AddRange(["--env", name]);
        if (container.Entrypoint is { } entrypoint)
            command.AddRange(["--entrypoint", entrypoint]);
        return [.. command, image.ToString(), .. arguments];
    }

    // The network is named for the application.
    private static string Name(ContainerResource container, string network) => $"{network}-{container.Name}";
}
