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

    private static async Task WriteAsync(HttpContext context, MetricStore metrics, MetricsReaders readers)
    {
        if (!readers.Allows(context))
        {
            // As if it were not there: whoever may not read it need not know of it.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = ExpositionWriter.ContentType;
        metrics.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
