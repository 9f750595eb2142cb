namespace Chatbot.Core.Sites;

/// <summary>
/// What a site's owner gives the crawler to get in. Secret: it is kept encrypted, is sent to the site's own hosts alone, and
/// stands in no log and no answer.
/// </summary>
public sealed record SiteAccess
{
    /// <summary>Headers of each request, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Cookies of each request, by name.</summary>
    public IReadOnlyDictionary<string, string> Cookies { get; init; } = new Dictionary<string, string>();

    public BasicCredentials? BasicAuth { get; init; }

    public FormSignIn? SignIn { get; init; }

    /// <summary>An HTTP proxy that all requests go through, <c>http://[user:password@]host:port</c>; null for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Certificates in PEM that are trusted for this site beside those of the system; null for none.</summary>
    public string? CaCertificates { get; init; }

    /// <summary>Nothing is set: the site is open to everyone.</summary>
    public bool IsEmpty() => Headers.Count == 0 && Cookies.Count == 0 && (BasicAuth, SignIn, Proxy, CaCertificates) is (null, null, null, null);

    // A record would print what it holds.
    public override string ToString() => nameof(SiteAccess);

    /// <summary>A user's name and password (RFC 7617).</summary>
    public sealed record BasicCredentials(string User, string Password)
    {
        public override string ToString() => nameof(BasicCredentials);
    }

    /// <summary>A form that lets visitors in.</summary>
    /// <param name="Url">The page that has it.</param>
    /// <param name="Fields">What to fill in: values by the fields' names, ids or CSS selectors. The form's other fields are sent as they are.</param>
    public sealed record FormSignIn(string Url, IReadOnlyDictionary<string, string> Fields)
    {
        /// <summary>Stands on the page that follows when it worked; null when that the form is gone is proof enough.</summary>
        public string? SuccessText { get; init; }

        /// <summary>Stands on the page that follows when it did not work.</summary>
        public string? FailureText { get; init; }

        public override string ToString() => $"{nameof(FormSignIn)} {Url}";
    }
}
