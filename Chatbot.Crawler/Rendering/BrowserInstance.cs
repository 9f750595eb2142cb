using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>A running browser with its contexts. Guarded by the lock of its <see cref="BrowserHost"/>, but for closing.</summary>
internal sealed class BrowserInstance(IPlaywright playwright, IBrowser browser, TimeProvider time)
{
    // Closing a browser takes a fraction of this; one that does not answer is taken down with its driver.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public IBrowser Browser { get; } = browser;

    /// <summary>Contexts that wait for the next page, the one used last at the end.</summary>
    public List<BrowserTab> Idle { get; } = [];

    /// <summary>Pages in hand.</summary>
    public int InUse { get; set; }

    /// <summary>Pages so far.</summary>
    public int Pages { get; set; }

    /// <summary>Takes no more pages, and ends with the last one in hand.</summary>
    public bool IsRetired { get; set; }

    public async Task CloseAsync()
    {
        try
        {
            await Browser.CloseAsync().WaitAsync(s_patience, time);
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            // It is gone already, or hangs: the driver kills what it started when it ends.
        }

        playwright.Dispose();
    }
}
