using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// Runs the scanner that the operator names on each file before it is accepted. The exit codes are those of ClamAV: 0 nothing
/// found, 1 something found, others a fault. Safe for concurrent use.
/// </summary>
internal sealed partial class VirusScanner(IOptions<UploadOptions> options, ILogger<VirusScanner> logger)
{
    // Characters of a scanner's line that are kept.
    private const int LongestFinding = 300;

    private static readonly ScanResult Clean = new ScanResult.Clean();

    private readonly ScannerCommand? command = ScannerCommand.Parse(options.Value.Scanner);

    /// <param name="name">Of the file, as people know it; stands for the path in what the scanner says.</param>
    public async Task<ScanResult> ScanAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (command is null) return Clean;
        var limit = options.Value.ScannerLimit;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        using var process = new Process { StartInfo = StartOf(command, path) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            LogFault(command.Program, error.Message);
            return new ScanResult.NotScanned("The virus scanner could not be started.");
        }

        try
        {
            var output = ReadAsync(process.StandardOutput, patience.Token);
            var errors = ReadAsync(process.StandardError, patience.Token);
            await WriteAsync(process, command.WantsInput ? path : null, patience.Token);
            var said = FirstLine(await output, path, name);
            var complaint = FirstLine(await errors, path, name);
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode == 0) return Clean;
            if (process.ExitCode == 1) return new ScanResult.Infected(said.Length > 0 ? said : complaint);
            LogFault(command.Program, $"exit code {process.ExitCode}: {(complaint.Length > 0 ? complaint : said)}");
            return new ScanResult.NotScanned($"The virus scanner failed with exit code {process.ExitCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(command.Program, $"no result within {limit.TotalSeconds:0} s");
            return new ScanResult.NotScanned($"The virus scanner did not finish within {limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo StartOf(ScannerCommand command, string path)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in command.ArgumentsFor(path)) start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task WriteAsync(Process process, string? path, CancellationToken cancellationToken)
    {
        try
        {
            if (path is not null)
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
                await file.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code tells why.
        }
    }

    // All is read, so that it never waits for us; only the beginning is kept.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            if (text.Length < 4 * buffer.Length) text.Append(buffer, 0, count);
        }

        return text.ToString();
    }

    private static string FirstLine(string text, string path, string name)
    {
        var line = text.Split('\n').Select(one => one.Trim()).FirstOrDefault(one => one.Length > 0) ?? "";
        var clean = string.Concat(line.Replace(path, name, StringComparison.Ordinal).Where(letter => !char.IsControl(letter)));
        return clean.Length <= LongestFinding ? clean : clean[..LongestFinding] + "…";
    }

    [LoggerMessage(LogLevel.Error, "The virus scanner {Program} failed, and an upload was refused: {Problem}")]
    private partial void LogFault(string program, string problem);
}
