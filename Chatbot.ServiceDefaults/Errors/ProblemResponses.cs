using System.Text.Json.Serialization;
using Chatbot.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.ServiceDefaults.Errors;

/// <summary>Every error leaves as RFC 9457 problem details that carry the trace id and never an exception's text.</summary>
internal static class ProblemResponses
{
    public static void AddProblemResponses(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = problem =>
            problem.ProblemDetails.Extensions["traceId"] = RequestTracing.TraceIdOf(problem.HttpContext));
        builder.Services.AddExceptionHandler(options =>
        {
            options.ExceptionHandler = WriteAsync;
            options.StatusCodeSelector = error => error is BadHttpRequestException bad
                ? bad.StatusCode
                : StatusCodes.Status500InternalServerError;
            // A malformed request is the client's mistake, not an error of ours to log.
            options.SuppressDiagnosticsCallback = failure => failure.Exception is BadHttpRequestException;
        });
    }

    public static Task WriteStatusAsync(StatusCodeContext status) =>
        ErrorFormat.IsPage(status.HttpContext) ? Task.CompletedTask : WriteAsync(status.HttpContext);

    private static async Task WriteAsync(HttpContext context)
    {
        var problem = new ProblemDetails { Status = context.Response.StatusCode };
        var service = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        if (await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem }))
            return;

        // The service is silent when Accept has no JSON in it, such as text/event-stream. An unexpected format
        // tells more than an empty body, and the standard allows it for errors (RFC 9110, 12.5.1).
        problem.Title = ReasonPhrases.GetReasonPhrase(context.Response.StatusCode);
        problem.Extensions["traceId"] = RequestTracing.TraceIdOf(context);
        await context.Response.WriteAsJsonAsync(
            problem, ProblemJson.Default.ProblemDetails, "application/problem+json", context.RequestAborted);
    }
}

[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProblemJson : JsonSerializerContext;
