using System.Net;
using System.Text;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;

namespace Chatbot.Crawler.Access;

/// <summary>
/// A site's own connections: with what its owner gave to get in, its proxy, its certificates, its cookies. Secrets go to
/// the origins of its start URLs alone. Safe for concurrent use.
/// </summary>
internal sealed class SiteSession : IDisposable
{
    private readonly HttpMessageInvoker _client;
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly CookieContainer _jar = new();
    private readonly string? _authorization;
    private readonly string _cookies;
    private readonly string? _signInOrigin;

    public SiteSession(Site site, SiteAccess access, CrawlerOptions options, TimeProvider time)
    {
        (Site, Access) = (site, access);
        foreach (var start in site.Scope.StartUrls)
        {
            var url = new Uri(start);
            _origins.Add(Origin(url));
            // The same host asked more safely is no other one.
            if (url.Scheme == Uri.UriSchemeHttp && url.IsDefaultPort)
                _origins.Add(Origin(new UriBuilder(url) { Scheme = Uri.UriSchemeHttps, Port = 443 }.Uri));
        }

        if (access.BasicAuth is { } basic)
            _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}"));
        _cookies = string.Join("; ", access.Cookies.Select(c => $"{c.Key}={c.Value}"));
        _signInOrigin = access.SignIn is { } signIn ? Origin(new Uri(signIn.Url)) : null;
        _client = SiteConnections.Create(site, access, options.Fetch);
        SignIn = access.SignIn is { } form ? new SignInFlow(this, form, options, time) : null;
    }

    public Site Site { get; }

    public SiteAccess Access { get; }

    /// <summary>Null when the site has no form to sign in by.</summary>
    public SignInFlow? SignIn { get; }

    /// <summary>Requests to a URL must go through this session, from the browser, too.</summary>
    public bool Handles(Uri url) => Access.Proxy is not null || Access.CaCertificates is not null || IsTrusted(url);

    /// <summary>A URL may be told secrets.</summary>
    public bool IsOwn(Uri url) => _origins.Contains(Origin(url));

    /// <summary>Own, or where one signs in: its cookies count.</summary>
    public bool IsTrusted(Uri url) => IsOwn(url) || (_signInOrigin is not null && string.Equals(Origin(url), _signInOrigin, StringComparison.OrdinalIgnoreCase));

    /// <summary>Sends a request with what its URL may be told, and keeps the cookies of the answer. Redirects are not followed.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, request.RequestUri!, cancellationToken);

    /// <param name="asker">The page that asks: one of another host is not let in by our key.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Uri asker, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        var isTold = IsTrusted(asker);
        if (isTold && IsOwn(url))
        {
            foreach (var (name, value) in Access.Headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (_authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        }

        if (isTold && IsTrusted(url))
        {
            var kept = _jar.GetCookieHeader(url);
            var cookies = string.Join("; ", new[] { IsOwn(url) ? _cookies : "", kept }.Where(c => c.Length > 0));
            if (cookies.Length > 0)
                request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        var response = await _client.SendAsync(request, cancellationToken);
        if (isTold && IsTrusted(url) && response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                Keep(url, cookie);
        }

        return response;
    }

    public void Dispose()
    {
        SignIn?.Dispose();
        _client.Dispose();
    }

    private void Keep(Uri url, string cookie)
    {
        try
        {
            _jar.SetCookies(url, cookie);
        }
        catch (CookieException)
        {
            // For another domain, or malformed: a browser would drop it, too.
        }
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
