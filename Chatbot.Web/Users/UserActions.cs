using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Web.Users;

/// <summary>What the buttons of the page of users do.</summary>
internal static class UserActions
{
    public static void MapUserActions(this WebApplication app)
    {
        var users = app.MapGroup("/admin/users/{id}").RequireFormToken().ExcludeFromDescription();
        users.MapPost("/password", (string id, [FromForm] string? password, ApiClient api, CancellationToken token) => ChangeAsync(id, new(Password: password ?? ""), api, token));
        users.MapPost("/disable", (string id, ApiClient api, CancellationToken token) => ChangeAsync(id, new(IsDisabled: true), api, token));
        users.MapPost("/enable", (string id, ApiClient api, CancellationToken token) => ChangeAsync(id, new(IsDisabled: false), api, token));
        users.MapPost("/delete", (string id, ApiClient api, CancellationToken token) => DeleteAsync(PathOf(id), api, token));
        users.MapPost("/sign-out", (string id, ApiClient api, CancellationToken token) => DeleteAsync(PathOf(id) + "/sessions", api, token));
    }

    private static async Task<IResult> ChangeAsync(string id, UserDraft draft, ApiClient api, CancellationToken cancellationToken) =>
        Back(await api.SendAsync<UserDraft, User>(HttpMethod.Patch, PathOf(id), draft, cancellationToken));

    private static async Task<IResult> DeleteAsync(string path, ApiClient api, CancellationToken cancellationToken) => Back(await api.SendAsync<User>(HttpMethod.Delete, path, cancellationToken));

    private static IResult Back(ApiReply<User> reply) => reply.Problem is null ? Results.LocalRedirect("/admin/users?done=1") : throw new ApiException(reply.Problem);

    private static string PathOf(string id) => $"api/users/{Uri.EscapeDataString(id)}";
}
