namespace Chatbot.Server.Crawling;

/// <summary>The most resident memory this process ever had.</summary>
internal static class PeakMemory
{
    public static int Megabytes()
    {
        // .NET's PeakWorkingSet64 is the same figure; /proc is asked first because it needs no refresh.
        if (File.Exists("/proc/self/status"))
        {
            foreach (var line in File.ReadLines("/proc/self/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal)) return int.Parse(line.AsSpan(6, line.Length - 8).Trim(), System.Globalization.CultureInfo.InvariantCulture) / 1024;
            }
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (int)(process.PeakWorkingSet64 >> 20);
    }
}
