using Chatbot.Core;

namespace Chatbot.Crawler.ErrorPages;

/// <summary>An address beside a page's own at which there can be nothing.</summary>
/// <param name="Url">Never the same twice.</param>
/// <param name="Family">The addresses for which it speaks: those of one folder, with one ending and one set of parameters.</param>
internal sealed record MadeUpUrl(string Url, string Family)
{
    /// <returns>Null for the front page of a host: nothing stands beside it.</returns>
    public static MadeUpUrl? Beside(string page)
    {
        var url = new Uri(page);
        var name = "x" + Ids.New().Replace("-", "", StringComparison.Ordinal);
        if (url.Query.Length > 1)
        {
            // Where the query names the page, another value names none: "?id=" more likely than "?lang=", so all of them.
            var names = url.Query[1..].Split('&').Select(p => p.Split('=')[0]).ToList();
            var path = url.GetLeftPart(UriPartial.Path);
            return new MadeUpUrl($"{path}?{string.Join('&', names.Select(n => $"{n}={name}"))}", $"{path}?{string.Join('&', names)}");
        }

        var segments = url.AbsolutePath.TrimEnd('/');
        var slash = segments.LastIndexOf('/');
        if (slash < 0)
            return null;

        var folder = url.GetLeftPart(UriPartial.Authority) + segments[..(slash + 1)];
        var end = url.AbsolutePath[segments.Length..] is { Length: > 0 } slashes ? slashes : Path.GetExtension(segments);
        return new MadeUpUrl(folder + name + end, folder + "*" + end);
    }
}
