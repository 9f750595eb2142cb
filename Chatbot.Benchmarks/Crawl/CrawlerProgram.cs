using System.Diagnostics;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>The crawler's own program, as <c>docs/deployment.md</c> publishes it.</summary>
internal static class CrawlerProgram
{
    /// <summary>Publishes it from the sources around this build.</summary>
    /// <returns>The program.</returns>
    public static async Task<string> PublishAsync(string directory, CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Chatbot.sln")))
            root = root.Parent;
        if (root is null)
            throw new InvalidOperationException("The sources are not around this build; name a published crawler with --crawler.");

        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(root.FullName, "Chatbot.Crawler"), "-p:PublishProfile=small", "-v", "q", "--nologo", "-o", directory]) { RedirectStandardOutput = true };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0 ? Path.Combine(directory, "Chatbot.Crawler") : throw new InvalidOperationException($"The crawler could not be published: {output}");
    }

    /// <summary>How it is started: the environment that docs/deployment.md gives it.</summary>
    public static ProcessStartInfo Start(string program, string data, int concurrency)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetDirectoryName(program)! };
        (string Name, string Value)[] environment =
        [
            ("CHATBOT_DATA", data),
            ("Crawler__RunConcurrency", $"{concurrency}"), ("Crawler__PrivateHostConcurrency", $"{concurrency}"),
            ("DOTNET_GCgen0size", "800000"), ("DOTNET_GCgen0MaxBudget", "800000"), ("DOTNET_GCRegionSize", "100000"), ("DOTNET_GCLOHThreshold", "100000"),
            ("MALLOC_ARENA_MAX", "1"), ("MALLOC_TRIM_THRESHOLD_", "65536"),
        ];
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
