namespace Chatbot.Web.Sites;

/// <summary>What the form that tries rules sends.</summary>
public sealed class PreviewForm
{
    /// <summary>One a line.</summary>
    public string? Include { get; set; }

    public string? Exclude { get; set; }

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
        MaxDepth = site.MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DropParameters = string.Join('\n', site.DropParameters),
    };

    /// <returns>Null when the depth is no number.</returns>
    internal SiteRules? ToRules() =>
        int.TryParse(MaxDepth, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var depth)
            ? new SiteRules(SiteForm.Lines(Include), SiteForm.Lines(Exclude), depth, SiteForm.Lines(DropParameters))
            : null;
}
