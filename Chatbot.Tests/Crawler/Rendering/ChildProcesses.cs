using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>The processes that this one has started, with theirs, as the kernel tells.</summary>
internal static class ChildProcesses
{
    public static List<(int Id, string Command)> All() => Below(Environment.ProcessId);

    /// <summary>The first process of a test's own browser; its helpers end with it. Those of tests beside are not to be touched.</summary>
    /// <param name="scriptMemoryMb">What the test set, and no other one: it stands in the command.</param>
    public static Process Browser(int scriptMemoryMb) => Process.GetProcessById(Assert.Single(All(), p =>
        p.Command.Contains("--remote-debugging-p", StringComparison.Ordinal) && p.Command.Contains($"--max-old-space-size={scriptMemoryMb} ", StringComparison.Ordinal) && !p.Command.Contains("--type=", StringComparison.Ordinal)).Id);

    /// <summary>Waits until none is left but those that were there before; what is still there after 30 s is returned with the rest.</summary>
    public static async Task<List<(int Id, string Command)>> SettleAsync(HashSet<int> before, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var now = All();
            if (i >= 300 || now.TrueForAll(p => before.Contains(p.Id)))
                return now;
            await Task.Delay(100, cancellationToken);
        }
    }

    private static List<(int Id, string Command)> Below(int root)
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

        var found = new List<(int Id, string Command)>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var (id, _, command) in all.Where(p => p.Parent == parent))
            {
                found.Add((id, command));
                open.Enqueue(id);
            }
        }

        return found;
    }
}
