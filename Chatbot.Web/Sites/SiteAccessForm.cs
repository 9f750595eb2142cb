namespace Chatbot.Web.Sites;

/// <summary>What the form of a site's access sends. Secrets come in and are never shown again: an empty one keeps what is stored.</summary>
public sealed class SiteAccessForm
{
    // Rows for further names; who needs more saves and gets them.
    private const int FreeRows = 2;

    public string? BasicUser { get; set; }

    public string? BasicPassword { get; set; }

    public List<Entry> Headers { get; set; } = [];

    public List<Entry> Cookies { get; set; } = [];

    public string? SignInUrl { get; set; }

    public List<Entry> SignInFields { get; set; } = [];

    public string? SignInSuccessText { get; set; }

    public string? SignInFailureText { get; set; }

    public string? Proxy { get; set; }

    public string? ProxyUser { get; set; }

    public string? ProxyPassword { get; set; }

    public string? CaCertificates { get; set; }

    /// <summary><c>test</c> to try it when it is saved.</summary>
    public string? Then { get; set; }

    internal static SiteAccessForm From(SiteAccessState state)
    {
        var proxy = state.Proxy is { } address ? new Uri(address) : null;
        return new SiteAccessForm
        {
            BasicUser = state.BasicAuthUser,
            Headers = Rows(state.Headers),
            Cookies = Rows(state.Cookies),
            SignInUrl = state.SignInUrl,
            SignInFields = Rows(state.SignInFields),
            SignInSuccessText = state.SignInSuccessText,
            SignInFailureText = state.SignInFailureText,
            Proxy = proxy is null ? null : $"{proxy.Scheme}://{proxy.Host}:{proxy.Port}",
            ProxyUser = proxy is null ? null : Uri.UnescapeDataString(proxy.UserInfo),
            CaCertificates = state.CaCertificatesPem,
        };
    }

    internal SiteAccessDraft ToDraft() => new()
    {
        BasicAuth = Blank(BasicUser) ? null : new SiteAccessDraft.BasicDraft(BasicUser!.Trim(), Kept(BasicPassword)),
        Headers = Values(Headers),
        Cookies = Values(Cookies),
        SignIn = Blank(SignInUrl) ? null : new SiteAccessDraft.SignInDraft(SignInUrl!.Trim(), Values(SignInFields), SignInSuccessText, SignInFailureText),
        Proxy = Blank(Proxy) ? null : ProxyAddress(),
        CaCertificates = Blank(CaCertificates) ? null : CaCertificates,
    };

    // What is no address goes on as it is: the API says what is wrong with it.
    private string ProxyAddress()
    {
        var text = Proxy!.Trim();
        if (Blank(ProxyUser) || text.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var end))
            return text;

        var secret = string.IsNullOrEmpty(ProxyPassword) ? "" : ":" + Uri.EscapeDataString(ProxyPassword);
        return $"{text[..end]}://{Uri.EscapeDataString(ProxyUser!.Trim())}{secret}@{text[(end + 3)..]}";
    }

    private static Dictionary<string, string?> Values(List<Entry> rows)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => !Blank(r.Name)))
            values[row.Name!.Trim()] = Kept(row.Value);
        return values;
    }

    private static List<Entry> Rows(IReadOnlyList<string> names) =>
        [.. names.Select(name => new Entry { Name = name }), .. Enumerable.Range(0, FreeRows).Select(_ => new Entry())];

    private static string? Kept(string? secret) => string.IsNullOrEmpty(secret) ? null : secret;

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);

    public sealed class Entry
    {
        public string? Name { get; set; }

        public string? Value { get; set; }
    }
}
