using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The variables every project gets: telemetry, addresses, and those of its launch profile.</summary>
internal static class ProjectEnvironment
{
    private const string OtlpRetry = "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY";

    public static IResourceBuilder<ProjectResource> WithPublishModeEnvironment(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables[OtlpRetry] = "in_memory";
            var endpoints = project.Resource.Annotations.OfType<EndpointAnnotation>().ToList();
            if (endpoints.Count > 0)
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";

            // https ends in front of a published service, so only the http ports are its own.
            if (endpoints.Find(e => e.UriScheme == "http") is { } http)
                context.EnvironmentVariables["HTTP_PORTS"] =
                    new EndpointReference(project.Resource, http.Name).Property(EndpointProperty.TargetPort);
        });

    public static IResourceBuilder<ProjectResource> WithRunModeEnvironment(
        this IResourceBuilder<ProjectResource> project, LaunchProfile? profile) => project.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            variables[OtlpRetry] = "in_memory";
            variables["OTEL_SERVICE_NAME"] = project.Resource.Name;
            variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            if (profile is not null)
            {
                variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
                foreach (var (name, value) in profile.EnvironmentVariables)
                    variables[name] = Environment.ExpandEnvironmentVariables(value);
            }

            SetOtlp(project, variables);
        });

    private static void SetOtlp(IResourceBuilder<ProjectResource> project, Dictionary<string, object> variables)
    {
        var configuration = project.ApplicationBuilder.Configuration;
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"];
        var endpoint = grpc ?? configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
        if (endpoint is null)
            return;

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc is null ? "http/protobuf" : "grpc";
        if (configuration["AppHost:OtlpApiKey"] is { } key)
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";

        // A developer looks at what happened just now: send at once, and all of it.
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }
}
