namespace Chatbot.Crawler.Rendering;

/// <summary>Finds the browser of this machine.</summary>
internal static class ChromiumFinder
{
    private static readonly string[] s_places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <returns>Null when there is none.</returns>
    public static string? Find(RenderOptions options)
    {
        if (options.ExecutablePath.Length > 0)
            return File.Exists(options.ExecutablePath) ? options.ExecutablePath : null;
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;

        return Array.Find(s_places, File.Exists);
    }
}
