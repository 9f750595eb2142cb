using System.Diagnostics;
using Chatbot.ServiceDefaults.Errors;
using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Errors;

/// <summary>Errors of pages: a page in the visitor's language with the trace id; the sign-in when that is what is missing.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.Use(RefuseAsync);
        app.UseWhen(ErrorFormat.IsPage, UsePages);
    }

    // Who asks for a page without wanting HTML gets the status that the API gave, as problem details.
    private static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ApiException refused) when (!ErrorFormat.IsPage(context) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = refused.Status;
        }
    }

    private static void UsePages(IApplicationBuilder pages)
    {
        pages.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleAsync,
            StatusCodeSelector = StatusOf,
            // Refusals of the API are logged by the API; only what we do not expect is an error of ours.
            SuppressDiagnosticsCallback = failure => failure.Exception is ApiException or BadHttpRequestException,
        });
        pages.UseStatusCodePages(status => WriteAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    private static int StatusOf(Exception error) => error switch
    {
        ApiException api => api.Status,
        HttpRequestException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task HandleAsync(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status401Unauthorized) return WriteAsync(context, context.Response.StatusCode);
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/admin";
        context.Response.Redirect($"/admin/login?next={Uri.EscapeDataString(back)}");
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext context, int status)
    {
        PageHeaders.Apply(context);
        // A page that failed halfway has used up the request's own services: components are rendered once in a scope.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            await new RazorComponentResult<ErrorPage>(new { Status = status, TraceId = traceId }) { StatusCode = status }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
