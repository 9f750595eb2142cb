using System.Collections.Concurrent;

namespace Chatbot.Ingestion.Extracting.Processes;

/// <summary>Finds programs on the PATH. Thread-safe.</summary>
internal static class ProgramPath
{
    private static readonly ConcurrentDictionary<string, string> Found = new(StringComparer.Ordinal);

    /// <param name="program">A name, or a path that is taken as it is.</param>
    /// <returns>The full path; null when it is not installed (asked again each time, as it may be installed later).</returns>
    public static string? Find(string program)
    {
        if (Found.TryGetValue(program, out var known)) return known;
        var path = program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Existing(program) : Search(program);
        return path is null ? null : Found.GetOrAdd(program, path);
    }

    private static string? Search(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Existing(Path.Combine(folder, program)))
        .FirstOrDefault(path => path is not null);

    private static string? Existing(string path) =>
        File.Exists(path) ? path : OperatingSystem.IsWindows() && File.Exists(path + ".exe") ? path + ".exe" : null;
}
