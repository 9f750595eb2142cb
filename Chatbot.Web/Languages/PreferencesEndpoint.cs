namespace Chatbot.Web.Languages;

internal static class PreferencesEndpoint
{
    /// <summary><c>GET /preferences?lang=de&amp;theme=dark&amp;back=/admin</c>: remembers the choice and goes back. Plain links and forms need no script.</summary>
    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/preferences", (string? lang, string? theme, string? back, HttpContext context) =>
        {
            if (Texts.Find(lang) is { } texts) Remember("lang", texts.Code);
            if (theme is "light" or "dark") Remember("theme", theme);
            return Results.LocalRedirect(LocalPath.Or(back, "/"));

            void Remember(string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }).ExcludeFromDescription();
    }
}
