using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Chatbot.Api.Http;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>
/// What opens a site, as an editor writes it. The whole of it: what is left out is not there any more. A value of null keeps
/// the one that is stored under its name.
/// </summary>
public sealed record SiteAccessRequest
{
    private const int MostEntries = 50;
    private const int LongestValue = 8_000;

    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    public IReadOnlyDictionary<string, string?>? Cookies { get; init; }

    public BasicCredentials? BasicAuth { get; init; }

    public FormSignIn? SignIn { get; init; }

    /// <summary><c>http://[user[:password]@]host:port</c>; with a user alone, the password that is stored for it is kept.</summary>
    public string? Proxy { get; init; }

    public string? CaCertificates { get; init; }

    /// <param name="Password">Null keeps that of the same user.</param>
    public sealed record BasicCredentials(string User, string? Password)
    {
        public override string ToString() => nameof(BasicCredentials);
    }

    /// <param name="Fields">Null keeps a field's value, as long as the form stays on its host.</param>
    public sealed record FormSignIn(string Url, IReadOnlyDictionary<string, string?> Fields)
    {
        public string? SuccessText { get; init; }

        public string? FailureText { get; init; }

        public override string ToString() => $"{nameof(FormSignIn)} {Url}";
    }

    // A record would print what it holds.
    public override string ToString() => nameof(SiteAccessRequest);

    /// <summary>Reads an access from JSON, as the API takes it.</summary>
    /// <exception cref="FormatException">It cannot be used; the message says why.</exception>
    public static SiteAccess Read(string json, SiteAccess stored)
    {
        SiteAccessRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(json, ApiJson.Default.SiteAccessRequest);
        }
        catch (JsonException error)
        {
            // Its own message quotes nothing of the text, which is secret.
            throw new FormatException($"no such JSON at line {error.LineNumber + 1}", error);
        }

        var errors = new FieldErrors();
        return request?.ToAccess(stored, errors) ?? throw new FormatException(errors.Any ? errors.ToText() : "nothing is in it");
    }

    /// <param name="stored">What is set by now.</param>
    /// <returns>Null when something cannot be used; the errors say what.</returns>
    internal SiteAccess? ToAccess(SiteAccess stored, FieldErrors errors)
    {
        CheckFields(errors);
        if (errors.Any)
            return null;

        var access = new SiteAccess
        {
            Headers = Kept("headers", Headers, stored.Headers, errors),
            Cookies = Kept("cookies", Cookies, stored.Cookies, errors),
            BasicAuth = KeptBasicAuth(stored.BasicAuth, errors),
            SignIn = KeptSignIn(stored.SignIn, errors),
            Proxy = Proxy is not null && stored.Proxy is { } before && SiteAccessReply.WithoutPassword(before) == Proxy.TrimEnd('/') ? before : Proxy,
            CaCertificates = CaCertificates,
        };
        return errors.Any ? null : access;
    }

    private void CheckFields(FieldErrors errors)
    {
        CheckEntries(errors, "headers", Headers);
        CheckEntries(errors, "cookies", Cookies);
        foreach (var value in Cookies?.Values ?? [])
            errors.Check(value is null || !value.AsSpan().ContainsAny(";, \""), "cookies", "A cookie's value has no blanks, commas, semicolons or quotation marks.");
        foreach (var name in Headers?.Keys ?? [])
            errors.Check(!IsOwn(name), "headers", "Host, Cookie and what belongs to a connection are not set here.");
        errors.Check(BasicAuth is null || (BasicAuth.User is { Length: > 0 } user && !user.Contains(':', StringComparison.Ordinal)), "basicAuth", "A user without a colon, and a password.");
        errors.Check(SignIn is null || (IsWeb(SignIn.Url) && SignIn.Fields is { Count: >= 1 and <= MostEntries }), "signIn", "The address of the page with the form, and its fields.");
        errors.Check(Proxy is null || (Uri.TryCreate(Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme == "http" && proxy.Host.Length > 0), "proxy", "http://host:port, if need be with user:password@ before the host.");
        errors.Check(CaCertificates is null || IsPem(CaCertificates), "caCertificates", "Certificates in PEM: -----BEGIN CERTIFICATE-----…");
    }

    private SiteAccess.BasicCredentials? KeptBasicAuth(SiteAccess.BasicCredentials? stored, FieldErrors errors)
    {
        if (BasicAuth is not { } given)
            return null;

        var password = given.Password ?? (stored?.User == given.User ? stored.Password : null);
        errors.Check(password is not null, "basicAuth", $"A password for {given.User}: none is stored.");
        return new SiteAccess.BasicCredentials(given.User, password ?? "");
    }

    private SiteAccess.FormSignIn? KeptSignIn(SiteAccess.FormSignIn? stored, FieldErrors errors)
    {
        if (SignIn is not { } given)
            return null;

        // What was entered for one host is not to be had by naming another.
        var isSameHost = stored is not null && Origin(stored.Url) == Origin(given.Url);
        return new SiteAccess.FormSignIn(given.Url, Kept("signIn", given.Fields, isSameHost ? stored!.Fields : new Dictionary<string, string>(), errors))
        {
            SuccessText = string.IsNullOrEmpty(given.SuccessText) ? null : given.SuccessText,
            FailureText = string.IsNullOrEmpty(given.FailureText) ? null : given.FailureText,
        };
    }

    private static Dictionary<string, string> Kept(string field, IReadOnlyDictionary<string, string?>? given, IReadOnlyDictionary<string, string> stored, FieldErrors errors)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, string?>())
        {
            if ((value ?? stored.GetValueOrDefault(name)) is { } known)
                all[name] = known;
            else
                errors.Check(false, field, $"A value for {name}: none is stored.");
        }

        return all;
    }

    private static void CheckEntries(FieldErrors errors, string field, IReadOnlyDictionary<string, string?>? entries)
    {
        errors.Check((entries?.Count ?? 0) <= MostEntries, field, $"At most {MostEntries}.");
        foreach (var (name, value) in entries ?? new Dictionary<string, string?>())
        {
            // RFC 9110, 5.6.2: a token.
            errors.Check(name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)), field, "A name is made of letters, digits and -._~ alone.");
            errors.Check(value is null || (value.Length <= LongestValue && !value.Any(char.IsControl)), field, $"A value has at most {LongestValue} characters, in one line.");
        }
    }

    private static bool IsOwn(string name) => name.ToLowerInvariant() is "host" or "cookie" or "connection" or "content-length" or "transfer-encoding" or "te" or "upgrade" or "accept-encoding";

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.Host.Length > 0;

    private static string Origin(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

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
