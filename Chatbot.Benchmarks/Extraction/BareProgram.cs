using System.Diagnostics;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>Runs a program as one would by hand.</summary>
internal static class BareProgram
{
    public static async Task<(string Output, string Errors, double Seconds)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await error;
        await process.WaitForExitAsync(cancellationToken);
        return (output, errors, Stopwatch.GetElapsedTime(clock).TotalSeconds);
    }
}
