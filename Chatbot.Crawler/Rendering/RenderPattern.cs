namespace Chatbot.Crawler.Rendering;

/// <summary>What rendering has brought on pages of a site that look alike. Not safe for concurrent use.</summary>
internal sealed class RenderPattern
{
    // Pages without gain in a row after which the next ones are spared it: few where the fetched text is good by itself.
    private const int PatienceWithStrong = 5;
    private const int PatienceWithWeak = 3;

    // A site changes: one of so many spared pages is tried again.
    private const int CheckEvery = 25;

    private int _spared;

    /// <summary>What they have in common: the reason for rendering, host and first folder.</summary>
    public string Pattern { get; set; } = "";

    public int Tried { get; set; }

    public int Gained { get; set; }

    /// <summary>Without gain, in a row.</summary>
    public int Barren { get; set; }

    public static string Of(RenderReason reason, Uri url)
    {
        var folder = url.Segments.Length > 2 ? url.Segments[1].TrimEnd('/') : "";
        var pattern = $"{reason.Kind} {url.Authority}/{folder}";
        return pattern.Length <= 200 ? pattern : pattern[..200];
    }

    /// <summary>Whether to render the next page; counts it when not.</summary>
    public bool IsWorthTrying(bool isStrong) =>
        Barren < (isStrong ? PatienceWithStrong : PatienceWithWeak) || ++_spared % CheckEvery == 0;

    public void Learn(bool gained)
    {
        Tried++;
        Gained += gained ? 1 : 0;
        Barren = gained ? 0 : Barren + 1;
    }
}
