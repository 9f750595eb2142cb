using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>The processes that this one has started, with theirs, as the kernel tells. Those of tests beside are among them.</summary>
internal static class ChildProcesses
{
    /// <summary>Those whose command has such a word in it.</summary>
    public static List<(int Id, string Command)> With(string word)
    {
        var found = Below(All(), Environment.ProcessId).Where(p => p.Command.Contains(word, StringComparison.Ordinal)).ToList();
        // For a moment a process that one of them starts is called as it is.
        return [.. found.Where(p => found.TrueForAll(other => other.Id != p.Parent)).Select(p => (p.Id, p.Command))];
    }

    /// <summary>The first process of a test's own browser; its helpers end with it.</summary>
    /// <param name="scriptMemoryMb">What the test set, and no other one: it stands in the command.</param>
    public static Process Browser(int scriptMemoryMb) => Process.GetProcessById(Assert.Single(Browsers(scriptMemoryMb)).Id);

    /// <summary>What started a browser, and speaks for this process with it.</summary>
    public static int DriverOf(Process browser) => All().Find(p => p.Id == browser.Id).Parent;

    public static bool IsThere(int id) => All().Exists(p => p.Id == id);

    /// <summary>A test's own browsers, with what started them and what they have started.</summary>
    public static List<(int Id, string Command)> OfBrowsers(int scriptMemoryMb)
    {
        var all = All();
        var own = new HashSet<(int Id, string Command)>();
        foreach (var (id, _) in Browsers(scriptMemoryMb))
        {
            var driver = all.Find(p => p.Id == id).Parent;
            own.UnionWith(all.Where(p => p.Id == driver).Concat(Below(all, driver)).Select(p => (p.Id, p.Command)));
        }

        return [.. own];
    }

    /// <summary>Waits for the end of processes; what is still there after five minutes is returned.</summary>
    public static async Task<List<(int Id, string Command)>> EndAsync(IReadOnlyCollection<(int Id, string Command)> processes, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var left = All().Select(p => (p.Id, p.Command)).Where(processes.Contains).ToList();
            if (i >= 3_000 || left.Count == 0)
                return left;
            await Task.Delay(100, cancellationToken);
        }
    }

    private static List<(int Id, string Command)> Browsers(int scriptMemoryMb) =>
        [.. With($"--max-old-space-size={scriptMemoryMb} ").Where(p => p.Command.Contains("--remote-debugging-p", StringComparison.Ordinal) && !p.Command.Contains("--type=", StringComparison.Ordinal))];

    private static List<(int Id, int Parent, string Command)> Below(List<(int Id, int Parent, string Command)> all, int root)
    {
        var found = new List<(int Id, int Parent, string Command)>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var process in all.Where(p => p.Parent == parent))
            {
                found.Add(process);
                open.Enqueue(process.Id);
            }
        }

        return found;
    }

    private static List<(int Id, int Parent, string Command)> All()
    {
        var all = new List<(int Id, int Parent, string Command)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                // "pid (name) state ppid …"; the name may hold anything.
                var stat = File.ReadAllText(directory + "/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] != "Z")
                    all.Add((id, int.Parse(fields[1], CultureInfo.InvariantCulture), File.ReadAllText(directory + "/cmdline").Replace('\0', ' ')));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return all;
    }
}
