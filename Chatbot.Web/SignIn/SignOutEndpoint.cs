using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.SignIn;

internal static class SignOutEndpoint
{
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost("/admin/logout", async (ApiClient api, CancellationToken cancellationToken) =>
        {
            await api.SendAsync<Session>(HttpMethod.Delete, "api/session", cancellationToken);
            return Results.LocalRedirect("/admin/login");
        }).RequireFormToken().ExcludeFromDescription();
}
