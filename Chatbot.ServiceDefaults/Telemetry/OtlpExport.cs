using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chatbot.ServiceDefaults.Telemetry;

/// <summary>
/// The OpenTelemetry SDK with its OTLP exporter. Every <c>OTEL_*</c> setting counts, wherever it is configured;
/// so no sampler and no service is set here, either of which would win over the operator's.
/// </summary>
internal static class OtlpExport
{
    private const string ServiceNameKey = "OTEL_SERVICE_NAME";
    private const string ResourceAttributesKey = "OTEL_RESOURCE_ATTRIBUTES";

    public static IDisposable Start(IConfiguration configuration, IHostEnvironment environment) =>
        OpenTelemetrySdk.Create(sdk =>
        {
            // The SDK has a container of its own, which by default knows environment variables only.
            sdk.Services.AddSingleton(configuration);
            sdk.ConfigureResource(resource => SetDefaultName(resource, configuration, environment))
                .WithTracing(traces => traces.AddSource(TelemetryNames.Sources).AddProcessor(new OperationalRequestFilter()))
                .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Meters))
                .UseOtlpExporter();
        });

    public static void AddLogs(IHostApplicationBuilder builder) =>
        builder.Logging.AddOpenTelemetry(logs =>
        {
            var resource = ResourceBuilder.CreateDefault();
            SetDefaultName(resource, builder.Configuration, builder.Environment);
            logs.SetResourceBuilder(resource);
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.AddOtlpExporter();
        });

    private static void SetDefaultName(ResourceBuilder resource, IConfiguration configuration, IHostEnvironment environment)
    {
        var named = !string.IsNullOrEmpty(configuration[ServiceNameKey])
            || configuration[ResourceAttributesKey]?.Contains("service.name=", StringComparison.Ordinal) == true;
        if (!named)
            resource.AddService(environment.ApplicationName);
    }
}
