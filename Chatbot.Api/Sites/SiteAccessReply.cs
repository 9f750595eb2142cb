using System.Security.Cryptography.X509Certificates;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>What is set to open a site: names, never values.</summary>
public sealed record SiteAccessReply
{
    public required IReadOnlyList<string> Headers { get; init; }

    public required IReadOnlyList<string> Cookies { get; init; }

    /// <summary>The user; null when there is none.</summary>
    public string? BasicAuthUser { get; init; }

    /// <summary>The page with the form to sign in; null when there is none.</summary>
    public string? SignInUrl { get; init; }

    public required IReadOnlyList<string> SignInFields { get; init; }

    /// <summary>Without user and password.</summary>
    public string? Proxy { get; init; }

    /// <summary>Whom the certificates name.</summary>
    public required IReadOnlyList<string> CaCertificates { get; init; }

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
            Proxy = access.Proxy is { } proxy ? new Uri(proxy).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : null,
            CaCertificates = [.. certificates.Select(certificate => certificate.Subject)],
        };
    }
}
