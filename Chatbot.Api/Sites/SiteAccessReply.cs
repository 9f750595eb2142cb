using System.Security.Cryptography.X509Certificates;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>What is set to open a site: names, never values. Written back as it is, with null for each value, it changes nothing.</summary>
public sealed record SiteAccessReply
{
    public required IReadOnlyList<string> Headers { get; init; }

    public required IReadOnlyList<string> Cookies { get; init; }

    /// <summary>The user; null when there is none.</summary>
    public string? BasicAuthUser { get; init; }

    /// <summary>The page with the form to sign in; null when there is none.</summary>
    public string? SignInUrl { get; init; }

    public required IReadOnlyList<string> SignInFields { get; init; }

    public string? SignInSuccessText { get; init; }

    public string? SignInFailureText { get; init; }

    /// <summary>With its user, without the password.</summary>
    public string? Proxy { get; init; }

    /// <summary>The proxy's user has a password.</summary>
    public bool HasProxyPassword { get; init; }

    /// <summary>Whom the certificates name.</summary>
    public required IReadOnlyList<string> CaCertificates { get; init; }

    /// <summary>The certificates themselves, which are no secret; null when there are none.</summary>
    public string? CaCertificatesPem { get; init; }

    internal static SiteAccessReply From(SiteAccess access)
    {
        var certificates = new X509Certificate2Collection();
        if (access.CaCertificates is { } pem) certificates.ImportFromPem(pem);
        return new SiteAccessReply
        {
            Headers = [.. access.Headers.Keys],
            Cookies = [.. access.Cookies.Keys],
            BasicAuthUser = access.BasicAuth?.User,
            SignInUrl = access.SignIn?.Url,
            SignInFields = [.. access.SignIn?.Fields.Keys ?? []],
            SignInSuccessText = access.SignIn?.SuccessText,
            SignInFailureText = access.SignIn?.FailureText,
            Proxy = access.Proxy is { } proxy ? WithoutPassword(proxy) : null,
            HasProxyPassword = access.Proxy is { } secret && new Uri(secret).UserInfo.Contains(':', StringComparison.Ordinal),
            CaCertificates = [.. certificates.Select(certificate => certificate.Subject)],
            // Written anew: nothing else that may have stood in the file.
            CaCertificatesPem = certificates.Count > 0 ? certificates.ExportCertificatePems() : null,
        };
    }

    internal static string WithoutPassword(string proxy)
    {
        var url = new Uri(proxy);
        var user = url.UserInfo.Split(':', 2)[0];
        return $"{url.Scheme}://{(user.Length > 0 ? user + "@" : "")}{url.Host}:{url.Port}";
    }
}
