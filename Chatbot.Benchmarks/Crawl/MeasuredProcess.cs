using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Chatbot.Benchmarks.Crawl;

/// <summary>Runs a program and keeps the most memory it held, as the kernel counts it. Ends it when disposed. Not safe for concurrent use.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private long _peak;

    private MeasuredProcess(Process process) => _process = process;

    /// <summary>VmHWM: resident, at its highest.</summary>
    public double PeakMegabytes => _peak / 1024.0;

    public TimeSpan Processor { get; private set; }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static MeasuredProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        var measured = new MeasuredProcess(Process.Start(start)!);
        measured._process.OutputDataReceived += (_, line) =>
        {
            lock (measured._output)
                measured._output.AppendLine(line.Data);
        };
        measured._process.BeginOutputReadLine();
        return measured;
    }

    /// <summary>Takes its figures, which rise only: what they rise to between the last look and the end is missed.</summary>
    /// <returns>False when it has ended.</returns>
    public bool Look()
    {
        _peak = Math.Max(_peak, HighWater(_process.Id));
        try
        {
            _process.Refresh();
            if (_process.HasExited)
                return false;

            Processor = _process.TotalProcessorTime;
            return true;
        }
        catch (InvalidOperationException)
        {
            // It ended between two looks.
            return false;
        }
    }

    /// <summary>Looks at it until something is so, which it must not end before.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> isSo, TimeSpan pause, CancellationToken cancellationToken)
    {
        while (!await isSo(cancellationToken))
        {
            if (!Look())
                throw new InvalidOperationException($"The program ended with {_process.ExitCode}: {Output}");
            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        while (Look())
            await Task.Delay(s_look, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
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
