using Chatbot.Web.Assets;

namespace Chatbot.Web.Widget;

internal static class WidgetEndpoint
{
    /// <summary>Other sites' pages name this address for years: it carries no version, and is asked for again after an hour.</summary>
    public static void MapWidget(this WebApplication app) => app.MapGet("/widget.js", (HttpContext context, AssetStore store) =>
    {
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return store.Find("widget.js")!.Send(context, "public, max-age=3600");
    }).ExcludeFromDescription();
}
