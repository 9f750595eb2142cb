using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting;

namespace Chatbot.Tests.AppHost;

/// <summary>A folder of its own, and builders that work in it: nothing is read from or left on the machine.</summary>
internal sealed class AppHostFixture : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("chatbot-apphost-").FullName;

    /// <summary>What the application printed.</summary>
    public StringWriter Output { get; } = new LockedWriter();

    public StringWriter Error { get; } = new();

    /// <summary>Where generated values are kept.</summary>
    public string SecretsPath => Path.Combine(Folder, "secrets", "secrets.json");

    /// <summary>The folder of the real AppHost project, in the source tree.</summary>
    public static string AppHostDirectory { get; } = typeof(DistributedApplication).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "apphostprojectpath").Value!;

    /// <summary>A builder in run mode, unless the arguments say otherwise.</summary>
    public IDistributedApplicationBuilder CreateBuilder(params string[] args) => DistributedApplication.CreateBuilder(Options(args));

    public DistributedApplicationOptions Options(string[] args, string? searchPath = null) => new()
    {
        Args = args,
        ProjectDirectory = Path.Combine(Folder, "Sample.AppHost"),
        UserSecretsPath = SecretsPath,
        Output = Output,
        Error = Error,
        // However busy the machine is.
        StartTimeout = TimeSpan.FromMinutes(10),
        StopTimeout = TimeSpan.FromMinutes(5),
        SearchPath = searchPath ?? Environment.GetEnvironmentVariable("PATH")!,
    };

    /// <summary>A builder in publish mode; <see cref="ManifestPath"/> is where it writes.</summary>
    public IDistributedApplicationBuilder CreatePublisher() => CreateBuilder("--publisher", "manifest", "--output-path", ManifestPath);

    public string ManifestPath => Path.Combine(Folder, "Sample.AppHost", "aspire-manifest.json");

    /// <summary>Makes a project folder with a launch profile; without a URL the profile has none.</summary>
    /// <returns>The path of the project file.</returns>
    public string AddProjectFolder(string name, string? applicationUrl)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.Combine(folder, "Properties"));
        var url = applicationUrl is null ? "" : $$""", "applicationUrl": "{{applicationUrl}}" """;
        File.WriteAllText(
            Path.Combine(folder, "Properties", "launchSettings.json"),
            $$"""{ "profiles": { "{{name}}": { "commandName": "Project"{{url}}, "environmentVariables": { "COLOUR": "green" } } } }""");
        return Path.Combine(folder, name + ".csproj");
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Runs the built AppHost as its users do.</summary>
    public static async Task<(int ExitCode, string Output)> RunAppHostAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DistributedApplication).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Can be read while processes still write.</summary>
    private sealed class LockedWriter : StringWriter
    {
        public override void WriteLine(string? value)
        {
            lock (GetStringBuilder())
                base.WriteLine(value);
        }

        public override string ToString()
        {
            lock (GetStringBuilder())
                return base.ToString();
        }
    }
}
