using Chatbot.Api.RateLimits;
using Chatbot.Backends.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Users;

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session").AllowAnonymous();
        session.MapPost("/", SignInAsync).RequireRateLimiting(ClientLimits.SignIns).WithSummary("Signs in; sets the session cookie.");
        session.MapGet("/", WhoAsync).WithSummary("Who is signed in.");
        session.MapDelete("/", SignOutAsync).WithSummary("Signs out.");
    }

    private static async Task<Results<Ok<SessionReply>, ProblemHttpResult>> SignInAsync(
        SignInRequest request, UserStore users, HttpContext context, CancellationToken cancellationToken)
    {
        var user = string.IsNullOrWhiteSpace(request.Name) || string.IsNullOrEmpty(request.Password) || request.Password.Length > SignInRequest.LongestPassword
            ? null
            : await users.VerifyAsync(request.Name, request.Password, cancellationToken);
        if (user is null)
            return TypedResults.Problem("Name or password is wrong.", statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in");
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionStamp.PrincipalOf(user), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.Ok(new SessionReply(user.Name, user.IsAdmin));
    }

    private static async Task<Results<Ok<SessionReply>, ProblemHttpResult>> WhoAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var found = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return found.Principal?.Identity?.Name is { } name
            ? TypedResults.Ok(new SessionReply(name, found.Principal.IsInRole(AdminAccess.Role)))
            : TypedResults.Problem("Nobody is signed in.", statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in");
    }

    private static async Task<NoContent> SignOutAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }
}
