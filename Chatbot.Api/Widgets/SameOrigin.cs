namespace Chatbot.Api.Widgets;

/// <summary>Whether a browser says that a page of this server sent a request. Pure.</summary>
internal static class SameOrigin
{
    /// <summary>
    /// True when <c>Sec-Fetch-Site</c> says so or, without it, <c>Origin</c> names this host. Hosts are compared without their
    /// scheme: a proxy that ends TLS changes it.
    /// </summary>
    public static bool IsSame(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && origin.Scheme is "http" or "https"
            && string.Equals(origin.Authority, Authority(request, origin.Scheme), StringComparison.OrdinalIgnoreCase);
    }

    // Uri leaves the scheme's own port out; the Host header may name it.
    private static string Authority(HttpRequest request, string scheme) =>
        Uri.TryCreate($"{scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : "";
}
