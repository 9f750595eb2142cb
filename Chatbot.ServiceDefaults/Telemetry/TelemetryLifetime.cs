using System.Diagnostics;
using Chatbot.ServiceDefaults.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Chatbot.ServiceDefaults.Telemetry;

/// <summary>
/// Starts what listens to spans and metrics, and flushes it at the end. Without a collector the OpenTelemetry SDK
/// is not even loaded (it costs memory and start-up time): a bare listener then gives every request its trace id.
/// </summary>
internal sealed class TelemetryLifetime(
    IConfiguration configuration, IHostEnvironment environment, MetricStore metrics) : IHostedService, IDisposable
{
    private IDisposable? _spans;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Start();
        _spans = configuration.ExportsTelemetry() ? OtlpExport.Start(configuration, environment) : ListenForIds();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not at StopAsync: spans of services that stop at the same time would be lost.
    public void Dispose() => _spans?.Dispose();

    private static ActivityListener ListenForIds()
    {
        // Clients are left out: HttpClient passes the trace on without a span of its own.
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http" && TelemetryNames.Matches(TelemetryNames.Sources, source.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            SampleUsingParentId = static (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
