namespace Chatbot.Web.Security;

/// <summary>What a browser may do on our pages: nothing but what comes from this server, and no code within the markup.</summary>
internal static class PageHeaders
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    private static readonly object FramesKey = new();

    public static void UsePageHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is not null)
        {
            context.Response.OnStarting(() =>
            {
                Apply(context);
                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    /// <summary>Pages of these origins may show this one in a frame. Without a call, nobody may.</summary>
    public static void AllowFramesOf(this HttpContext context, IEnumerable<string> origins) =>
        context.Items[FramesKey] = string.Join(' ', origins.Where(IsOrigin).Prepend("'self'"));

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy + (context.Items[FramesKey] as string ?? "'none'");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        // Pages differ by visitor: language, theme, session.
        if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
    }

    // An origin with a blank or a semicolon in it would become a directive of its own.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && !origin.Any(letter => letter is ' ' or ';' or ',' || char.IsControl(letter));
}
