using System.Diagnostics;
using System.Text;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Runs a program that reads a hostile file: its output, time and memory are limited, and it dies with its caller's patience.</summary>
internal static class ChildProcess
{
    /// <param name="memoryMb">Address space it may have.</param>
    /// <param name="longestOutput">Bytes of its output at most; more is an error.</param>
    /// <returns>Exit code and what it wrote.</returns>
    /// <exception cref="ExtractionFailedException">It is not installed, took too long or wrote too much.</exception>
    public static async Task<(int ExitCode, byte[] Output, string Error)> RunAsync(
        string program, IReadOnlyList<string> arguments, TimeSpan limit, int memoryMb, int longestOutput, CancellationToken cancellationToken)
    {
        // prlimit (util-linux) sets the limits before the program starts; elsewhere only time and output are limited.
        var limited = OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit");
        var start = new ProcessStartInfo(limited ? "/usr/bin/prlimit" : program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (limited)
        {
            start.ArgumentList.Add($"--as={(long)memoryMb << 20}");
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Start(start, program);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, longestOutput, program, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExtractionFailedException($"{Path.GetFileName(program)} did not finish within {limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ExtractionFailedException($"The program {program} cannot be run: {error.Message}. Install it (Debian: apt-get install poppler-utils).", error);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int longest, string program, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (all.Length + read > longest) throw new ExtractionFailedException($"{Path.GetFileName(program)} wrote more than {longest >> 20} MB of text.");
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
