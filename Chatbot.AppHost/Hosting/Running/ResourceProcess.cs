using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>One started process of a resource: its output, its end, and how it is ended. Safe for concurrent use.</summary>
internal sealed class ResourceProcess : IDisposable
{
    private const int SigTerm = 15;

    // Output that is still in the pipe when the process ends, on a busy machine; a grandchild may hold the pipe open for ever.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ResourceProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        Exit = ExitAsync();
    }

    /// <summary>The resource's name; with several replicas also a number.</summary>
    public string Name { get; }

    /// <summary>Ends with the exit code when the process has ended and its output was passed on. Never fails.</summary>
    public Task<int> Exit { get; }

    /// <summary>Whether the end was asked for.</summary>
    public bool IsStopping { get; private set; }

    /// <exception cref="DistributedApplicationException">The program does not exist, or may not be run.</exception>
    public static ResourceProcess Start(string name, ProcessStartInfo startInfo, RunOutput output)
    {
        startInfo.UseShellExecute = false;
        startInfo.RedirectStandardOutput = true;
        startInfo.RedirectStandardError = true;
        var process = new Process { StartInfo = startInfo, EnableRaisingEvents = true };
        var running = new ResourceProcess(name, process);
        process.Exited += (_, _) => running._exited.TrySetResult();
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            process.Dispose();
            throw new DistributedApplicationException($"{name} could not be started: {error.Message}", error);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;

        void Pass(string? line)
        {
            if (line is not null)
                output.Line(name, line);
        }
    }

    /// <summary>Asks the process to end, and kills it with its children when it has not done so in time.</summary>
    public async Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        IsStopping = true;
        if (Exit.IsCompleted)
            return;
        try
        {
            if (OperatingSystem.IsWindows())
                _process.Kill(entireProcessTree: true);
            else
                _ = Kill(_process.Id, SigTerm);
            await Exit.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exit.WaitAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in this moment.
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> ExitAsync()
    {
        await _exited.Task;
        using var drained = new CancellationTokenSource(DrainTime);
        try
        {
            await _process.WaitForExitAsync(drained.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever holds the pipe is not the process any more.
        }

        return _process.ExitCode;
    }

    // .NET can only kill; a server must get the chance to finish what it is writing.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
