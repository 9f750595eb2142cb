using System.Diagnostics;
using System.Globalization;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>Runs a program to its end and keeps the most memory it held, as the kernel counts it.</summary>
/// <param name="PeakMegabytes">VmHWM: resident, at its highest.</param>
internal sealed record MeasuredProcess(int ExitCode, string Output, double PeakMegabytes, TimeSpan Processor)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    public static async Task<MeasuredProcess> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var (peak, spent) = (0L, TimeSpan.Zero);
        try
        {
            // A high-water mark: only what it rises to between the last look and the end is missed.
            while (!process.HasExited)
            {
                peak = Math.Max(peak, HighWater(process.Id));
                process.Refresh();
                if (!process.HasExited)
                    spent = process.TotalProcessorTime;
                await Task.Delay(s_look, cancellationToken);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between two looks.
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return new MeasuredProcess(process.ExitCode, await output, peak / 1024.0, spent);
    }

    private static long HighWater(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
