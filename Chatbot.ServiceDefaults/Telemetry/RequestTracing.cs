using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Chatbot.ServiceDefaults.Telemetry;

/// <summary>
/// Puts the trace id on every response and completes the server span, which the framework starts but does not
/// name. The tags follow OpenTelemetry's semantic conventions for HTTP servers.
/// </summary>
internal sealed class RequestTracing(RequestDelegate next)
{
    public const string TraceIdHeader = "X-Trace-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        // At the start of the response, because the exception handler clears headers that were set before.
        context.Response.OnStarting(SetHeader, context);
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
            Complete(span, context);
    }

    /// <summary>32 hexadecimal digits; the server's own request id in the one case that tracing is switched off altogether.</summary>
    public static string TraceIdOf(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } span
            ? span.TraceId.ToHexString()
            : context.TraceIdentifier;

    private static Task SetHeader(object state)
    {
        var context = (HttpContext)state;
        context.Response.Headers[TraceIdHeader] = TraceIdOf(context);
        return Task.CompletedTask;
    }

    private static void Complete(Activity span, HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>();
        var status = context.Response.StatusCode;
        // The exception handler takes the endpoint off the context, and keeps it here.
        if ((failure?.Endpoint ?? context.GetEndpoint()) is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            route = route.StartsWith('/') ? route : "/" + route;
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.route", route);
        }

        span.SetTag("http.response.status_code", status);
        if (status < StatusCodes.Status500InternalServerError)
            return;
        span.SetTag("error.type", failure?.Error.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }
}
