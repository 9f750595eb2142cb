using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>How projects and executables are started as local processes.</summary>
internal static class ProcessCommands
{
    /// <summary>The command of one replica, with everything resolved.</summary>
    public static async Task<ProcessStartInfo> CreateAsync(
        IResource resource, int replica, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var start = resource switch
        {
            ProjectResource project => Project(project),
            ExecutableResource executable => new ProcessStartInfo(executable.Command) { WorkingDirectory = executable.WorkingDirectory },
            _ => throw new DistributedApplicationException($"Resource '{resource.Name}' cannot be started here."),
        };

        // These are the AppHost's own; a process inherits everything else.
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("DOTNET_LAUNCH_PROFILE");
        foreach (var (name, value) in await RunValues.EnvironmentAsync(resource, executionContext, cancellationToken))
            start.Environment[name] = value;
        SetAddresses(resource, replica, start.Environment);

        foreach (var argument in await RunValues.ArgumentsAsync(resource, cancellationToken))
            start.ArgumentList.Add(argument);
        return start;
    }

    private static ProcessStartInfo Project(ProjectResource project)
    {
        var metadata = project.Metadata;
        var start = new ProcessStartInfo(Dotnet()) { WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath) };
        string[] command = metadata.TargetPath is { } assembly
            ? [Built(project, assembly)]
            : ["run", "--no-launch-profile", "--project", metadata.ProjectPath, "--"];
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static string Built(ProjectResource project, string assembly) => File.Exists(assembly)
        ? assembly
        : throw new DistributedApplicationException($"{project.Name} is not built: there is no {assembly}. Run: dotnet build {project.Metadata.ProjectPath}");

    // The host that runs this very process, also where it is not on the PATH.
    private static string Dotnet()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }

    private static void SetAddresses(IResource resource, int replica, IDictionary<string, string?> environment)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        foreach (var endpoint in endpoints.Where(e => e.TargetPortEnvironmentVariable is not null))
            environment[endpoint.TargetPortEnvironmentVariable!] = endpoint.AllocatedPorts[replica].ToString(CultureInfo.InvariantCulture);
        if (resource is not ProjectResource)
            return;

        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var web = endpoints.Where(e => e.UriScheme is "http" or "https" && e.TargetPortEnvironmentVariable is null).ToList();
        if (web.Count > 0)
            environment["ASPNETCORE_URLS"] = string.Join(';', web.Select(e =>
                string.Create(CultureInfo.InvariantCulture, $"{e.UriScheme}://{e.TargetHost}:{e.AllocatedPorts[replica]}")));
        if (web.Find(e => e.UriScheme == "https") is { } https)
            environment["ASPNETCORE_HTTPS_PORT"] = https.AllocatedPorts[replica].ToString(CultureInfo.InvariantCulture);
    }
}
