namespace Chatbot.Web.Sites;

/// <summary>What the form that tries rules sends.</summary>
public sealed class PreviewForm
{
    /// <summary>One a line.</summary>
    public string? Include { get; set; }

    public string? Exclude { get; set; }

    /// <summary>One a line.</summary>
    public string? Hosts { get; set; }

    /// <summary>Those that are read.</summary>
    public List<string> FileTypes { get; set; } = [];

    public string? MaxDepth { get; set; }

    public string? DropParameters { get; set; }

    /// <summary>To explain.</summary>
    public string? Url { get; set; }

    /// <summary><c>look</c> at the site, <c>try</c> the rules on what was seen, <c>explain</c> an address, or <c>save</c>.</summary>
    public string? Do { get; set; }

    internal static PreviewForm From(SiteDraft site) => new()
    {
        Include = string.Join('\n', site.Include),
        Exclude = string.Join('\n', site.Exclude),
        Hosts = string.Join('\n', site.Hosts),
        FileTypes = SiteForm.Chosen(site.FileTypes),
        MaxDepth = site.MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DropParameters = string.Join('\n', site.DropParameters),
    };

    /// <returns>Null when the depth is no number.</returns>
    internal SiteRules? ToRules() =>
        int.TryParse(MaxDepth, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var depth)
            ? new SiteRules(SiteForm.Lines(Include), SiteForm.Lines(Exclude), SiteForm.Lines(Hosts), SiteForm.Choice(FileTypes), depth, SiteForm.Lines(DropParameters))
            : null;
}
