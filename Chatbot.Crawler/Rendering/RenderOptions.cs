using System.ComponentModel.DataAnnotations;

namespace Chatbot.Crawler.Rendering;

/// <summary>How pages are rendered in a browser. Section <c>Crawler:Render</c>.</summary>
public sealed class RenderOptions
{
    /// <summary>The Chromium to start. When it is not set, the variable <c>CHROMIUM</c> counts, then the usual places.</summary>
    public string ExecutablePath { get; set; } = "";

    /// <summary>The browser's own sandbox. When it is not set, it is on unless this process is root, where Chromium refuses it.</summary>
    public bool? Sandbox { get; set; }

    /// <summary>Pages rendered at a time.</summary>
    [Range(1, 64)]
    public int Contexts { get; set; } = 4;

    /// <summary>Pages after which a browser context, with its cookies and its cache, gives way to a new one.</summary>
    [Range(1, 10_000)]
    public int PagesPerContext { get; set; } = 50;

    /// <summary>Pages after which browser and driver are started anew: what they leak ends with them. A start takes as long as two to five pages.</summary>
    [Range(1, 1_000_000)]
    public int PagesPerBrowser { get; set; } = 250;

    /// <summary>The browser is closed when nothing was rendered for so long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A browser that has not started, or opened a tab, by then is given up for a new one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A page that is not through by then has failed to render.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A page that is not at rest by then is taken as it is.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A page is at rest when for so long nothing was requested and nothing in it changed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a page is scrolled to its end, as long as it grows by that.</summary>
    [Range(0, 100)]
    public int MaxScrolls { get; set; } = 5;

    /// <summary>Memory for the scripts of one page, in MB; one that wants more has failed to render.</summary>
    [Range(32, 4_096)]
    public int ScriptMemoryMb { get; set; } = 256;
}
