using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Chatbot.Tests.Node;

/// <summary>Runs the JavaScript tools of this folder, which <c>./test.sh</c> installs.</summary>
internal static class NodeTools
{
    /// <summary>The folder of package.json, in the source tree.</summary>
    public static string Folder { get; } = Here();

    /// <summary>Runs a script: a path below <see cref="Folder"/>, such as <c>node_modules/typescript/bin/tsc</c>.</summary>
    /// <returns>The exit code and everything it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            $"The JavaScript tools are not installed in {Folder}: run ./test.sh, or npm ci in that folder.");

        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
