using System.Globalization;

namespace Chatbot.Web.Sites;

/// <summary>What the form of a site sends: texts as they were typed, so that they can be shown again beside what is wrong with them.</summary>
public sealed class SiteForm
{
    internal static readonly string[] AllFileTypes = ["html", "pdf", "office", "text"];

    public string? KnowledgeBase { get; set; }

    public string? Name { get; set; }

    /// <summary>One a line.</summary>
    public string? StartUrls { get; set; }

    public bool Subdomains { get; set; }

    /// <summary>One a line.</summary>
    public string? Hosts { get; set; }

    /// <summary>Those that are read.</summary>
    public List<string> FileTypes { get; set; } = [];

    public string? Include { get; set; }

    public string? Exclude { get; set; }

    public string? MaxDepth { get; set; }

    public string? MaxPages { get; set; }

    public string? MaxMegabytes { get; set; }

    public string? RenderMode { get; set; }

    public string? HostDelayMs { get; set; }

    public bool AllowPrivateAddresses { get; set; }

    public string? DropParameters { get; set; }

    public string? KeepParameters { get; set; }

    public bool SortParameters { get; set; }

    public bool Sitemaps { get; set; }

    /// <summary>Apart by blanks or commas.</summary>
    public string? OcrLanguages { get; set; }

    public bool ReadImages { get; set; }

    /// <summary>A cron expression, or a number of minutes.</summary>
    public string? Schedule { get; set; }

    public string? ScheduleTimeZone { get; set; }

    public string? ScheduleMode { get; set; }

    internal static SiteForm From(SiteDraft site) => new()
    {
        KnowledgeBase = site.KnowledgeBase,
        Name = site.Name,
        StartUrls = string.Join('\n', site.StartUrls),
        Subdomains = site.Subdomains,
        Hosts = string.Join('\n', site.Hosts),
        FileTypes = Chosen(site.FileTypes),
        Include = string.Join('\n', site.Include),
        Exclude = string.Join('\n', site.Exclude),
        MaxDepth = site.MaxDepth.ToString(CultureInfo.InvariantCulture),
        MaxPages = site.MaxPages.ToString(CultureInfo.InvariantCulture),
        MaxMegabytes = site.MaxMegabytes?.ToString(CultureInfo.InvariantCulture),
        RenderMode = site.RenderMode,
        HostDelayMs = site.HostDelayMs?.ToString(CultureInfo.InvariantCulture),
        AllowPrivateAddresses = site.AllowPrivateAddresses,
        DropParameters = string.Join('\n', site.DropParameters),
        KeepParameters = string.Join('\n', site.KeepParameters),
        SortParameters = site.SortParameters,
        Sitemaps = site.Sitemaps,
        OcrLanguages = string.Join(", ", site.OcrLanguages),
        ReadImages = site.ReadImages,
        Schedule = site.Schedule?.Cron ?? site.Schedule?.IntervalMinutes?.ToString(CultureInfo.InvariantCulture),
        ScheduleTimeZone = site.Schedule?.TimeZone,
        ScheduleMode = site.Schedule?.Mode,
    };

    /// <summary>Null when something is no number; <paramref name="wrong"/> then names the fields as the API would.</summary>
    internal SiteDraft? ToDraft(out IReadOnlyList<string> wrong)
    {
        var fields = new List<string>();
        wrong = fields;
        var defaults = new SiteDraft();
        var draft = new SiteDraft
        {
            KnowledgeBase = KnowledgeBase,
            Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
            StartUrls = Lines(StartUrls),
            Subdomains = Subdomains,
            Hosts = Lines(Hosts),
            FileTypes = Choice(FileTypes),
            Include = Lines(Include),
            Exclude = Lines(Exclude),
            MaxDepth = Read(MaxDepth, "maxDepth") ?? defaults.MaxDepth,
            MaxPages = Read(MaxPages, "maxPages") ?? defaults.MaxPages,
            MaxMegabytes = Read(MaxMegabytes, "maxMegabytes"),
            RenderMode = RenderMode ?? defaults.RenderMode,
            HostDelayMs = Read(HostDelayMs, "hostDelayMs"),
            AllowPrivateAddresses = AllowPrivateAddresses,
            DropParameters = Lines(DropParameters),
            KeepParameters = Lines(KeepParameters),
            SortParameters = SortParameters,
            Sitemaps = Sitemaps,
            OcrLanguages = (OcrLanguages ?? "").Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            ReadImages = ReadImages,
            Schedule = ReadSchedule(),
        };
        return fields.Count == 0 ? draft : null;

        int? Read(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            fields.Add(field);
            return null;
        }
    }

    private SiteSchedule? ReadSchedule()
    {
        if (string.IsNullOrWhiteSpace(Schedule)) return null;
        var isInterval = int.TryParse(Schedule, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes);
        return new SiteSchedule
        {
            Cron = isInterval ? null : Schedule.Trim(),
            IntervalMinutes = isInterval ? minutes : null,
            TimeZone = string.IsNullOrWhiteSpace(ScheduleTimeZone) ? null : ScheduleTimeZone.Trim(),
            Mode = ScheduleMode ?? "full",
        };
    }

    internal static List<string> Chosen(IReadOnlyList<string> fileTypes) => [.. fileTypes.Count == 0 ? AllFileTypes : fileTypes];

    /// <summary>Empty for all of them, also such as may come one day; to choose none is no choice either.</summary>
    internal static IReadOnlyList<string> Choice(List<string> fileTypes) => AllFileTypes.All(fileTypes.Contains) ? [] : fileTypes;

    internal static string[] Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
