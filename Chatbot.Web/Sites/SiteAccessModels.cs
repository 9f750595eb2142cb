namespace Chatbot.Web.Sites;

/// <summary>What is set to open a site, as the API tells it: names, never values.</summary>
internal sealed record SiteAccessState
{
    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<string> Cookies { get; init; } = [];

    public string? BasicAuthUser { get; init; }

    public string? SignInUrl { get; init; }

    public IReadOnlyList<string> SignInFields { get; init; } = [];

    public string? SignInSuccessText { get; init; }

    public string? SignInFailureText { get; init; }

    public string? Proxy { get; init; }

    public bool HasProxyPassword { get; init; }

    public IReadOnlyList<string> CaCertificates { get; init; } = [];

    public string? CaCertificatesPem { get; init; }

    /// <summary>Keys of the texts that name what is set.</summary>
    public IEnumerable<string> Parts()
    {
        if (BasicAuthUser is not null) yield return "access.basic";
        if (Headers.Count > 0) yield return "access.headers";
        if (Cookies.Count > 0) yield return "access.cookies";
        if (SignInUrl is not null) yield return "access.signIn";
        if (Proxy is not null) yield return "access.proxy";
        if (CaCertificates.Count > 0) yield return "access.certificates";
    }
}

/// <summary>What is to be set. A value of null keeps the one that is stored.</summary>
internal sealed record SiteAccessDraft
{
    public Dictionary<string, string?>? Headers { get; init; }

    public Dictionary<string, string?>? Cookies { get; init; }

    public BasicDraft? BasicAuth { get; init; }

    public SignInDraft? SignIn { get; init; }

    public string? Proxy { get; init; }

    public string? CaCertificates { get; init; }

    internal sealed record BasicDraft(string User, string? Password);

    internal sealed record SignInDraft(string Url, Dictionary<string, string?> Fields, string? SuccessText, string? FailureText);
}

internal sealed record AccessTest(bool IsOpen, string Detail, IReadOnlyList<AccessTestStep> Steps);

internal sealed record AccessTestStep(string Name, string Url, bool IsPassed, string Detail, int? Status, string? Title, int Milliseconds);
