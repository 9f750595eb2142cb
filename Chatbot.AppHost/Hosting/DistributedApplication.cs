using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>An application that is described completely: it can be started here, or published.</summary>
public sealed class DistributedApplication : IAsyncDisposable
{
    private readonly DistributedApplicationOptions _options;
    private readonly IConfiguration _configuration;
    private readonly DistributedApplicationExecutionContext _executionContext;
    private readonly ApplicationRun _run;
    private readonly IReadOnlyList<IResource> _resources;

    internal DistributedApplication(
        DistributedApplicationOptions options, IConfiguration configuration,
        DistributedApplicationExecutionContext executionContext, IReadOnlyList<IResource> resources, string name)
    {
        _options = options;
        _configuration = configuration;
        _executionContext = executionContext;
        _resources = resources;
        _run = new ApplicationRun(options, executionContext, resources, name);
    }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options);

    /// <inheritdoc cref="RunAsync"/>
    public void Run() => RunAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>
    /// Publishes, or runs until Ctrl-C, SIGTERM, cancellation or the end of the last process. What goes wrong is printed,
    /// and makes the exit code of this process 1.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        try
        {
            await StartAsync(stop.Token);
            if (_executionContext.IsRunMode && !await _run.WaitForEndAsync(stop.Token))
                Environment.ExitCode = 1;
        }
        catch (DistributedApplicationException error)
        {
            await _options.Error.WriteLineAsync(error.Message);
            Environment.ExitCode = 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the processes are ended below, and that is a success.
        }
        finally
        {
            await StopAsync(CancellationToken.None);
        }

        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Publishes, or starts everything and returns when all that has a health check is healthy.</summary>
    /// <exception cref="DistributedApplicationException">Something did not start; the rest was stopped again.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _executionContext.IsPublishMode
        ? ManifestPublisher.PublishAsync(_configuration, _executionContext, _resources, _options.Output, cancellationToken)
        : _run.StartAsync(cancellationToken);

    /// <summary>Ends all processes and containers, those first that others do not need. May be called at any time.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _run.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
