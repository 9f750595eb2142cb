using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace Chatbot.Api.Users;

/// <summary>Who may use the administration: one policy, one place. Further ways to prove who one is (keys) join its schemes.</summary>
internal static class AdminAccess
{
    public const string Policy = "admin";
    public const string Role = "admin";

    /// <summary>The ways a caller may prove who he is.</summary>
    private static readonly string[] Schemes = [CookieAuthenticationDefaults.AuthenticationScheme];

    public static void AddAdminPolicy(this AuthorizationBuilder authorization) => authorization.AddPolicy(
        Policy, policy => policy.AddAuthenticationSchemes(Schemes).RequireAuthenticatedUser().RequireRole(Role));

    /// <summary>The group's endpoints are for administrators.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group) => group
        .RequireAuthorization(Policy)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);
}
