using Chatbot.Api.Http;
using Chatbot.Api.Widgets;

namespace Chatbot.Api.Users;

/// <summary>
/// Stops requests that another site's page makes a signed-in browser send: what changes something and comes with the session
/// must either say that this server's page sent it (<c>Sec-Fetch-Site</c>, <c>Origin</c>; pages cannot set these) or carry
/// <c>X-Requested-With</c>, which other origins' pages may not send without leave. Beside SameSite=Lax, which older browsers
/// and sibling domains get round. A token in each form was rejected: the API has clients that are no forms.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next)
{
    private const string Header = "X-Requested-With";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        // Only the API: pages guard their forms themselves.
        if (isSafe || !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || !request.Cookies.ContainsKey(SessionSetup.CookieName)
            || request.Headers.ContainsKey(Header) || SameOrigin.IsSame(request) || IsOpen(context))
            return next(context);
        return TypedResults.Problem(
            $"Send the header {Header} with requests that change something.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "The request may come from another site's page").ExecuteAsync(context);
    }

    // What anybody may do without a session, nobody needs to forge.
    private static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
        && !context.Request.Path.StartsWithSegments("/api/session", StringComparison.OrdinalIgnoreCase);
}
