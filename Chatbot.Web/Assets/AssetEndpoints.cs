using Microsoft.Net.Http.Headers;

namespace Chatbot.Web.Assets;

internal static class AssetEndpoints
{
    /// <summary>A year: the address changes with the content.</summary>
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapAssets(this WebApplication app)
    {
        app.MapGet("/assets/{version}/{name}", (string version, string name, HttpContext context, AssetStore store) =>
            store.Find(name) is { } asset
                ? asset.Send(context, version == store.Version ? ForEver : "no-cache")
                : Results.NotFound()).ExcludeFromDescription();
    }

    /// <summary>Sends it compressed to whoever takes that, or not at all to whoever has it.</summary>
    public static IResult Send(this Asset asset, HttpContext context, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = HeaderNames.AcceptEncoding;
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        if (compressed) headers.ContentEncoding = "br";
        return Results.Bytes(compressed ? asset.Brotli : asset.Bytes, asset.ContentType, entityTag: new EntityTagHeaderValue(asset.ETag, isWeak: true));
    }
}
