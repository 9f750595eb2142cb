using System.Security.Claims;
using Chatbot.Api.Http;
using Chatbot.Backends.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Users;

/// <summary>Who may sign in. Nobody shuts himself out: another administrator has to.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/users").WithTags("Users");
        group.MapGet("/", ListAsync).WithSummary("Who may sign in, by name.");
        group.MapPost("/", CreateAsync).WithSummary("Adds somebody who may sign in.");
        group.MapGet("/{id}", FindAsync).WithSummary("A user.");
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Sets a password, gives or takes rights; the user's sessions end.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a user; the sessions end.");
        group.MapDelete("/{id}/sessions", EndSessionsAsync).WithSummary("Signs a user out everywhere.");
    }

    private static async Task<Ok<ListReply<UserReply>>> ListAsync(UserStore users, CancellationToken cancellationToken) =>
        TypedResults.Ok(ListReply.All<UserReply>([.. (await users.ListAsync(cancellationToken)).Select(UserReply.From)]));

    private static async Task<Results<Created<UserReply>, ValidationProblem, ProblemHttpResult>> CreateAsync(UserRequest request, UserStore users, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors, isNew: true);
        if (errors.Any) return errors.ToProblem();
        return await users.CreateAsync(request.Name!, request.Password!, request.IsAdmin ?? true, cancellationToken) is { } created
            ? TypedResults.Created($"/api/users/{created.Id}", UserReply.From(created))
            : Problems.Conflict($"There is a user named {request.Name!.Trim()} already.");
    }

    private static async Task<Results<Ok<UserReply>, ProblemHttpResult>> FindAsync(string id, UserStore users, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(UserReply.From(found)) : Problems.NotFound("user");

    private static async Task<Results<Ok<UserReply>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string id, UserRequest request, UserStore users, HttpContext context, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors, isNew: false);
        if (errors.Any) return errors.ToProblem();
        if (IsOwn(context, id) && (request.IsAdmin == false || request.IsDisabled == true)) return Problems.Conflict("These are your own rights: another administrator can take them.");
        await users.SetAsync(id, request.Password, request.IsAdmin, request.IsDisabled, cancellationToken);
        if (await users.FindAsync(id, cancellationToken) is not { } changed) return Problems.NotFound("user");
        // Who sets his own password stays signed in here, and here alone.
        if (IsOwn(context, id)) await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionStamp.PrincipalOf(changed), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.Ok(UserReply.From(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, UserStore users, HttpContext context, CancellationToken cancellationToken)
    {
        if (IsOwn(context, id)) return Problems.Conflict("This is yourself: another administrator can delete you.");
        return await users.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("user");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionsAsync(string id, UserStore users, CancellationToken cancellationToken) =>
        await users.EndSessionsAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("user");

    private static bool IsOwn(HttpContext context, string id) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) == id;
}
