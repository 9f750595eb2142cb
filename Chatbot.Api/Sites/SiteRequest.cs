using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Chatbot.Api.Http;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>A site as an editor writes it; what is left out takes its default.</summary>
public sealed record SiteRequest
{
    private const int LongestName = 200;
    private const int MostLanguages = 10;
    private const int MostEntries = 1_000;
    private const int LongestUrl = 2_000;
    private const int LongestDelayMs = 600_000;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Name or id; null is the default one. Of a new site only.</summary>
    public string? KnowledgeBase { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? StartUrls { get; init; }

    /// <summary>Subdomains of the start URLs' hosts belong to the site.</summary>
    public bool? Subdomains { get; init; }

    /// <summary>Hosts that belong to the site beside those of the start URLs: <c>docs.example.org</c>, or <c>*.example.org</c> for all below one.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>What is read: html, pdf, office, text; empty for all of it.</summary>
    public IReadOnlyList<string>? FileTypes { get; init; }

    public IReadOnlyList<string>? Include { get; init; }

    public IReadOnlyList<string>? Exclude { get; init; }

    public int? MaxDepth { get; init; }

    public int? MaxPages { get; init; }

    /// <summary>Of one run, in millions of bytes; null where there is no limit.</summary>
    public int? MaxMegabytes { get; init; }

    /// <summary>Query parameters that make a page, whatever else is said of them; globs.</summary>
    public IReadOnlyList<string>? KeepParameters { get; init; }

    /// <summary>Query parameters that make no page, beside those that track visitors or carry sessions; globs.</summary>
    public IReadOnlyList<string>? DropParameters { get; init; }

    public bool? SortParameters { get; init; }

    /// <summary>Pages are also found by sitemaps and feeds.</summary>
    public bool? Sitemaps { get; init; }

    public RenderMode? RenderMode { get; init; }

    public int? HostDelayMs { get; init; }

    public bool? AllowPrivateAddresses { get; init; }

    /// <summary>Two-letter codes of the languages that scans and pictures are in, the most frequent first; empty takes those of the knowledge base.</summary>
    public IReadOnlyList<string>? OcrLanguages { get; init; }

    /// <summary>Text in pictures on pages is read.</summary>
    public bool? ReadImages { get; init; }

    /// <summary>When it is crawled by itself; null for never.</summary>
    public ScheduleRequest? Schedule { get; init; }

    /// <summary>A site as its editor would have written it.</summary>
    internal static SiteRequest From(Site site) => new()
    {
        Name = site.Name,
        StartUrls = site.Scope.StartUrls,
        Subdomains = site.Scope.Subdomains,
        Hosts = site.Scope.Hosts,
        FileTypes = site.Scope.FileTypes,
        Include = site.Scope.Include,
        Exclude = site.Scope.Exclude,
        MaxDepth = site.Scope.MaxDepth,
        MaxPages = site.Scope.MaxPages,
        MaxMegabytes = site.Scope.MaxMegabytes,
        KeepParameters = site.Scope.KeepParameters,
        DropParameters = site.Scope.DropParameters,
        SortParameters = site.Scope.SortParameters,
        Sitemaps = site.Scope.Sitemaps,
        RenderMode = site.RenderMode,
        HostDelayMs = site.HostDelay is { } delay ? (int)delay.TotalMilliseconds : null,
        AllowPrivateAddresses = site.AllowPrivateAddresses,
        OcrLanguages = site.Reading.Languages,
        ReadImages = site.Reading.Images,
        Schedule = ScheduleRequest.From(site.Schedule),
    };

    /// <summary>This with what a merge patch (RFC 7396) names in place of what was there; null brings back a default.</summary>
    /// <exception cref="JsonException">A value is of the wrong kind.</exception>
    internal SiteRequest Patched(JsonObject patch, JsonTypeInfo<SiteRequest> format)
    {
        var all = JsonSerializer.SerializeToNode(this, format)!.AsObject();
        Merge(all, patch);
        return all.Deserialize(format)!;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject part && target[name] is JsonObject known)
                Merge(known, part);
            else if (value is null)
                target.Remove(name);
            else
                target[name] = value.DeepClone();
        }
    }

    internal void CheckFields(FieldErrors errors)
    {
        errors.Check((Name?.Length ?? 0) <= LongestName, "name", $"At most {LongestName} characters.");
        errors.Check(StartUrls is { Count: > 0 and <= MostEntries }, "startUrls", $"1 to {MostEntries} URLs.");
        foreach (var url in StartUrls ?? [])
            errors.Check(IsWebUrl(url), "startUrls", $"A start URL is absolute and begins with http:// or https://; \"{Shortened(url)}\" is none.");
        errors.Check((Hosts?.Count ?? 0) <= MostEntries, "hosts", $"At most {MostEntries} hosts.");
        foreach (var host in Hosts ?? [])
            errors.Check(IsHost(host?.Trim() ?? ""), "hosts", $"A host is a name such as docs.example.org, or *.example.org for all below it, without http:// and path; \"{Shortened(host)}\" is none.");
        foreach (var type in FileTypes ?? [])
            errors.Check(SiteFileTypes.All.Contains(type, StringComparer.OrdinalIgnoreCase), "fileTypes", $"{string.Join(", ", SiteFileTypes.All)}; \"{Shortened(type)}\" is none of them.");
        CheckPatterns(errors, "include", Include);
        CheckPatterns(errors, "exclude", Exclude);
        CheckPatterns(errors, "keepParameters", KeepParameters);
        CheckPatterns(errors, "dropParameters", DropParameters);
        errors.Check(MaxDepth is null or (>= 0 and <= 1_000), "maxDepth", "0 to 1,000.");
        errors.Check(MaxPages is null or (>= 1 and <= 10_000_000), "maxPages", "1 to 10,000,000.");
        errors.Check(MaxMegabytes is null or (>= 1 and <= 10_000_000), "maxMegabytes", "1 to 10,000,000, or null for no limit.");
        errors.Check((OcrLanguages?.Count ?? 0) <= MostLanguages, "ocrLanguages", $"At most {MostLanguages}.");
        foreach (var language in OcrLanguages ?? [])
            errors.Check(language?.Trim() is { Length: 2 } code && code.All(char.IsAsciiLetter), "ocrLanguages", $"Two-letter codes such as de, en, fr, zh; \"{Shortened(language)}\" is none.");
        Schedule?.CheckFields(errors);
        errors.Check(HostDelayMs is null or (>= 0 and <= LongestDelayMs), "hostDelayMs", $"0 to {LongestDelayMs} milliseconds.");
    }

    /// <summary>Only after <see cref="CheckFields"/> found nothing.</summary>
    internal Site ToSite(string id, string knowledgeBaseId, DateTimeOffset createdAt)
    {
        var defaults = new SiteScope { StartUrls = [] };
        string[] urls = [.. StartUrls!.Select(url => url.Trim()).Distinct(StringComparer.Ordinal)];
        return new Site
        {
            Id = id,
            KnowledgeBaseId = knowledgeBaseId,
            Name = string.IsNullOrWhiteSpace(Name) ? new Uri(urls[0]).Host : Name.Trim(),
            Scope = new SiteScope
            {
                StartUrls = urls,
                Subdomains = Subdomains ?? defaults.Subdomains,
                Hosts = [.. Patterns(Hosts).Select(host => host.ToLowerInvariant())],
                FileTypes = [.. SiteFileTypes.All.Where(type => FileTypes?.Contains(type, StringComparer.OrdinalIgnoreCase) == true)],
                Include = Patterns(Include),
                Exclude = Patterns(Exclude),
                MaxDepth = MaxDepth ?? defaults.MaxDepth,
                MaxPages = MaxPages ?? defaults.MaxPages,
                MaxMegabytes = MaxMegabytes,
                KeepParameters = Patterns(KeepParameters),
                DropParameters = Patterns(DropParameters),
                SortParameters = SortParameters ?? defaults.SortParameters,
                Sitemaps = Sitemaps ?? defaults.Sitemaps,
            },
            RenderMode = RenderMode ?? Core.Sites.RenderMode.Auto,
            HostDelay = HostDelayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            AllowPrivateAddresses = AllowPrivateAddresses ?? false,
            Reading = new SiteReading { Languages = [.. (OcrLanguages ?? []).Select(language => language.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)], Images = ReadImages ?? false },
            Schedule = Schedule?.ToSchedule(),
            CreatedAt = createdAt,
        };
    }

    private static void CheckPatterns(FieldErrors errors, string field, IReadOnlyList<string>? patterns)
    {
        errors.Check((patterns?.Count ?? 0) <= MostEntries, field, $"At most {MostEntries} patterns.");
        foreach (var pattern in patterns ?? [])
            errors.Check(IsPattern(pattern?.Trim() ?? ""), field, $"\"{Shortened(pattern)}\" is no valid regular expression.");
    }

    private static bool IsPattern(string pattern)
    {
        if (pattern.Length < 2 || pattern[0] != '/' || pattern[^1] != '/')
            return pattern.Length <= LongestUrl;
        try
        {
            _ = new Regex(pattern[1..^1], RegexOptions.None, PatternTimeout);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsWebUrl(string? text) =>
        text?.Trim() is { Length: <= LongestUrl } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    /// <summary>Whether it names a host, or with <c>*.</c> those below one, and nothing else.</summary>
    public static bool IsHost(string host) =>
        host.Length is > 0 and <= LongestName && Uri.TryCreate($"http://{(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host)}/", UriKind.Absolute, out var url)
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && url.Host.Length > 0 && !host.Contains(' ', StringComparison.Ordinal);

    private static string[] Patterns(IReadOnlyList<string>? patterns) =>
        [.. (patterns ?? []).Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string Shortened(string? text) => text is { Length: > 100 } ? text[..100] + "…" : text ?? "";
}
