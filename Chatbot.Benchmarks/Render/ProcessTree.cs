using System.Globalization;

namespace Chatbot.Benchmarks.Render;

/// <summary>The processes below this one, as Linux tells.</summary>
/// <param name="Megabytes">Memory of theirs: shared pages are counted once, divided among those that share them.</param>
/// <param name="CpuSeconds">Processor time of those that run and of their children that ended.</param>
internal sealed record ProcessTree(int Processes, double Megabytes, double CpuSeconds)
{
    // USER_HZ, which Linux fixes for programs.
    private const double TicksPerSecond = 100;

    public static ProcessTree Take()
    {
        var parents = new Dictionary<int, (int Parent, double Cpu)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (Read(directory + "/stat") is not { } stat) continue;
            // "pid (name) state ppid …"; utime, stime, cutime, cstime are fields 14 to 17.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            parents[id] = (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(t => double.Parse(t, CultureInfo.InvariantCulture)) / TicksPerSecond);
        }

        var (count, megabytes, cpu) = (0, 0.0, parents.GetValueOrDefault(Environment.ProcessId).Cpu);
        var open = new Queue<int>([Environment.ProcessId]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var (id, process) in parents)
            {
                if (process.Parent != parent) continue;
                count++;
                cpu += process.Cpu;
                megabytes += Proportional(id);
                open.Enqueue(id);
            }
        }

        return new ProcessTree(count, megabytes, cpu);
    }

    private static double Proportional(int id) =>
        Read($"/proc/{id}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
            : 0;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
