using Chatbot.Backends.Embedded;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Users;

/// <summary>
/// Sessions as encrypted cookies: nothing is kept on the server but the keys, which are under the data directory, and the
/// <see cref="SessionStamp"/> of each user.
/// </summary>
internal static class SessionSetup
{
    public const string CookieName = "chatbot-session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static void AddSessions(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Chatbot");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, ILoggerFactory>((keys, data, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(Path.GetFullPath(data.Value.Directory), "keys")), loggers));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Lifetime;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = SessionStamp.CheckAsync;
            // The API says what is missing; where to sign in is for pages to know.
            cookie.Events.OnRedirectToLogin = context => Status(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Status(context, StatusCodes.Status403Forbidden);
        });
        services.AddAuthorizationBuilder().AddAdminPolicy();
    }

    private static Task Status(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
