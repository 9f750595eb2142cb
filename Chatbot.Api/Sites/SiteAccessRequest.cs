using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chatbot.Api.Http;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>What opens a site, as an editor writes it. The whole of it: what is left out is not there any more.</summary>
public sealed record SiteAccessRequest
{
    private const int MostEntries = 50;
    private const int LongestValue = 8_000;

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? Cookies { get; init; }

    public SiteAccess.BasicCredentials? BasicAuth { get; init; }

    public SiteAccess.FormSignIn? SignIn { get; init; }

    public string? Proxy { get; init; }

    public string? CaCertificates { get; init; }

    // A record would print what it holds.
    public override string ToString() => nameof(SiteAccessRequest);

    internal void CheckFields(FieldErrors errors)
    {
        CheckEntries(errors, "headers", Headers);
        CheckEntries(errors, "cookies", Cookies);
        foreach (var value in Cookies?.Values ?? [])
            errors.Check(!value.AsSpan().ContainsAny(";, \""), "cookies", "A cookie's value has no blanks, commas, semicolons or quotation marks.");
        foreach (var name in Headers?.Keys ?? [])
            errors.Check(!IsOwn(name), "headers", "Host, Cookie and what belongs to a connection are not set here.");
        errors.Check(BasicAuth is null || (BasicAuth.User is { Length: > 0 } user && !user.Contains(':', StringComparison.Ordinal) && BasicAuth.Password is not null), "basicAuth", "A user without a colon, and a password.");
        errors.Check(SignIn is null || (IsWeb(SignIn.Url) && SignIn.Fields is { Count: >= 1 and <= MostEntries }), "signIn", "The address of the page with the form, and its fields.");
        errors.Check(Proxy is null || (Uri.TryCreate(Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme == "http" && proxy.Host.Length > 0), "proxy", "http://host:port, if need be with user:password@ before the host.");
        errors.Check(CaCertificates is null || IsPem(CaCertificates), "caCertificates", "Certificates in PEM: -----BEGIN CERTIFICATE-----…");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal SiteAccess ToAccess() => new()
    {
        Headers = Headers ?? new Dictionary<string, string>(),
        Cookies = Cookies ?? new Dictionary<string, string>(),
        BasicAuth = BasicAuth,
        SignIn = SignIn,
        Proxy = Proxy,
        CaCertificates = CaCertificates,
    };

    private static void CheckEntries(FieldErrors errors, string field, IReadOnlyDictionary<string, string>? entries)
    {
        errors.Check((entries?.Count ?? 0) <= MostEntries, field, $"At most {MostEntries}.");
        foreach (var (name, value) in entries ?? new Dictionary<string, string>())
        {
            // RFC 9110, 5.6.2: a token.
            errors.Check(name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)), field, "A name is made of letters, digits and -._~ alone.");
            errors.Check(value is { Length: <= LongestValue } && !value.Any(char.IsControl), field, $"A value has at most {LongestValue} characters, in one line.");
        }
    }

    private static bool IsOwn(string name) => name.ToLowerInvariant() is "host" or "cookie" or "connection" or "content-length" or "transfer-encoding" or "te" or "upgrade" or "accept-encoding";

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.Host.Length > 0;

    private static bool IsPem(string text)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            return certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
