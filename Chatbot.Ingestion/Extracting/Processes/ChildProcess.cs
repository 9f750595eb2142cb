using System.Diagnostics;
using System.Text;

namespace Chatbot.Ingestion.Extracting.Processes;

/// <summary>Runs a program that reads a hostile file: its time, memory and output are limited, and it dies with its caller's patience.</summary>
internal static class ChildProcess
{
    private const int LongestError = 4096;
    private const string Prlimit = "/usr/bin/prlimit";

    // prlimit (util-linux) sets the limits before the program starts; elsewhere only time and output are limited.
    private static readonly bool HasPrlimit = OperatingSystem.IsLinux() && File.Exists(Prlimit);

    /// <param name="program">A name on the PATH or a path.</param>
    /// <param name="input">For its standard input.</param>
    /// <param name="read">Reads its output while it runs.</param>
    /// <exception cref="ExtractionFailedException">It is not installed, took too long or wrote too much.</exception>
    public static async Task<ChildResult<T>> RunAsync<T>(
        string program,
        IReadOnlyList<string> arguments,
        ChildLimits limits,
        ReadOnlyMemory<byte> input,
        Func<Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(program);
        using var process = Start(program, arguments, limits);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Time);
        try
        {
            var writing = WriteAsync(process.StandardInput, input, patience.Token);
            var error = ReadErrorAsync(process.StandardError, patience.Token);
            await using var output = new LimitedStream(process.StandardOutput.BaseStream, limits.OutputBytes, name);
            var result = await read(output, patience.Token);
            await writing;
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, result, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExtractionFailedException($"{name} did not finish within {limits.Time.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task<ChildResult<string>> RunAsync(string program, IReadOnlyList<string> arguments, ChildLimits limits, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, limits, default, ReadTextAsync, cancellationToken);

    /// <summary>The whole output as text.</summary>
    public static async Task<string> ReadTextAsync(Stream output, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(output, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, ChildLimits limits)
    {
        var path = ProgramPath.Find(program) ?? throw new ExtractionFailedException($"The program {program} is not installed.");
        var start = new ProcessStartInfo(HasPrlimit ? Prlimit : path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (HasPrlimit)
        {
            start.ArgumentList.Add($"--as={(long)limits.MemoryMb << 20}");
            start.ArgumentList.Add(path);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // We run one process a page; more threads in each would only get in each other's way.
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ExtractionFailedException($"The program {program} cannot be run: {error.Message}", error);
        }
    }

    private static async Task WriteAsync(StreamWriter writer, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            if (!input.IsEmpty) await writer.BaseStream.WriteAsync(input, cancellationToken);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code tells why.
        }
    }

    private static async Task<string> ReadErrorAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is var count and > 0)
            if (text.Length < LongestError) text.Append(buffer, 0, Math.Min(count, LongestError - text.Length));

        return text.ToString();
    }
}
