using Chatbot.ServiceDefaults.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chatbot.ServiceDefaults.Metrics;

internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet(OperationalPaths.Metrics, WriteAsync)
            .AllowAnonymous()
            .DisableHttpMetrics()
            .ExcludeFromDescription();

    private static async Task WriteAsync(HttpContext context, MetricStore metrics)
    {
        context.Response.ContentType = ExpositionWriter.ContentType;
        metrics.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
