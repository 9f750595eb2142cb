using Microsoft.AspNetCore.Http;

namespace Chatbot.ServiceDefaults.Errors;

/// <summary>Who gets an error as a page, and who as JSON.</summary>
public static class ErrorFormat
{
    private static readonly PathString[] MachinePaths = ["/api", "/v1", "/mcp", "/openapi"];

    /// <summary>
    /// True for a browser that asks for a page: its <c>Accept</c> names <c>text/html</c> and the path is not of an
    /// interface for programs. Such errors are left to the pages' own middleware; all others are problem details.
    /// </summary>
    public static bool IsPage(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return !Array.Exists(MachinePaths, prefix => context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
