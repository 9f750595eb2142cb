using System.Security.Claims;
using Chatbot.Backends.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Chatbot.Api.Users;

/// <summary>
/// Ends sessions with the rights they stand for: a cookie carries its user's stamp, and each request with a cookie looks whether
/// the user still has it. Looking only every few minutes, as ASP.NET Core Identity does, was rejected: who is dismissed is out at
/// once, and the look-up takes tens of microseconds.
/// </summary>
internal static class SessionStamp
{
    private const string ClaimType = "stamp";

    public static ClaimsPrincipal PrincipalOf(User user)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, user.Id), new(ClaimTypes.Name, user.Name), new(ClaimType, user.Stamp) };
        if (user.IsAdmin) claims.Add(new Claim(ClaimTypes.Role, AdminAccess.Role));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    public static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var users = context.HttpContext.RequestServices.GetRequiredService<UserStore>();
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && context.Principal.FindFirstValue(ClaimType) is { } stamp
            && await users.IsGoodAsync(id, stamp, context.HttpContext.RequestAborted))
            return;
        context.RejectPrincipal();
        // The browser forgets it, too.
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
