using Chatbot.ServiceDefaults.Discovery;
using Chatbot.ServiceDefaults.Errors;
using Chatbot.ServiceDefaults.Logging;
using Chatbot.ServiceDefaults.Metrics;
using Chatbot.ServiceDefaults.Resilience;
using Chatbot.ServiceDefaults.Serving;
using Chatbot.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// What every process has: telemetry, logs, health, errors, resilient HTTP clients and service discovery.
/// The names and the namespace are those of the Aspire template, so that either can replace the other.
/// </summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>The tag of health checks that tell whether the process lives, as opposed to being ready.</summary>
    private const string LiveTag = "live";

    /// <summary>
    /// Adds all defaults. Call it first, after sources of configuration that are the application's own: it fills in
    /// what is not configured, and telemetry starts before and stops after every other hosted service.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddProcessDefaults();
        builder.AddDefaultHealthChecks();
        builder.AddProblemResponses();
        builder.AddServerLimits();
        return builder;
    }

    /// <summary>Those of the defaults that a process without a web server has, too.</summary>
    public static TBuilder AddProcessDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLogDefaults();
        builder.ConfigureOpenTelemetry();
        builder.Services.AddHttpClient();
        builder.Services.ConfigureHttpClientDefaults(http => http.RemoveAllLoggers());
        builder.AddHttpResilience();
        builder.AddServiceDiscovery();
        return builder;
    }

    /// <summary>
    /// Traces, metrics and logs: exported by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and in any case
    /// a trace id for each request and the metrics behind <c>/metrics</c>.
    /// </summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddSingleton<MetricStore>();
        builder.Services.AddOptionsWithValidateOnStart<MetricsOptions, MetricsOptionsValidator>().BindConfiguration("Metrics");
        builder.Services.AddSingleton<MetricsReaders>();
        return builder;
    }

    /// <summary>Adds the check behind <c>/alive</c>. Features add their own checks; those count for <c>/health</c>.</summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        return builder;
    }

    /// <summary>
    /// The outermost middleware: trace id on every response, names for the spans, problem details for every error.
    /// Call it before any other <c>Use…</c>.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<RequestTracing>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemResponses.WriteStatusAsync);
        return app;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check), <c>/alive</c> (checks tagged <c>live</c>) and <c>/metrics</c>
    /// (Prometheus text). Health tells no details and is open to everyone; who may read metrics is set by <see cref="MetricsOptions"/>.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks(OperationalPaths.Health).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(OperationalPaths.Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .AllowAnonymous()
            .DisableHttpMetrics();
        app.MapMetrics();
        return app;
    }
}
