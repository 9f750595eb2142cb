using System.Diagnostics;
using System.Globalization;
using Chatbot.Core;

namespace Chatbot.Backends.Data;

/// <summary>
/// The names under which work is leased. Each tells the process it belongs to, so that whoever looks after a crash on the
/// same machine takes the work at once instead of waiting for the lease to run out. Safe for concurrent use.
/// </summary>
public static class LeaseName
{
    // Process ids mean something only within one boot of one machine and one container.
    private static readonly string s_machine = Ids.Hash($"{Environment.MachineName}|{ReadBootId()}|{ReadPidNamespace()}")[..8];
    private static readonly string s_process = string.Create(
        CultureInfo.InvariantCulture, $"{s_machine}-{Environment.ProcessId:x}-{StartOf(Environment.ProcessId) ?? 0:x}");

    private static int s_count;

    /// <summary>A name that nothing else has, at most 36 characters long.</summary>
    public static string New() => string.Create(CultureInfo.InvariantCulture, $"{s_process}-{Interlocked.Increment(ref s_count):x}");

    /// <summary>True when the process behind a name can be seen not to run any more; false when it runs or cannot be seen from here.</summary>
    public static bool IsDead(string name)
    {
        var parts = name.Split('-');
        return parts.Length == 4
            && parts[0] == s_machine
            && int.TryParse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var process)
            && long.TryParse(parts[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start)
            // A process id that was given to another process starts at another time.
            && StartOf(process) != start;
    }

    private static long? StartOf(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Field 22, in ticks since boot: exact, unlike a time of day. The name in field 2 may hold blanks.
                var stat = File.ReadAllText($"/proc/{processId}/stat");
                return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
            }

            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerMillisecond;
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException
            or FormatException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string ReadBootId() => Read(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private static string ReadPidNamespace() => Read(() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "");

    private static string Read(Func<string> read)
    {
        try
        {
            return OperatingSystem.IsLinux() ? read() : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
