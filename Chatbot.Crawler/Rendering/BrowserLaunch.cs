using System.Globalization;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>How the browser is started, and who it is to the sites it looks at.</summary>
internal static class BrowserLaunch
{
    public static BrowserTypeLaunchOptions Options(RenderOptions options, string executable, Uri proxy) => new()
    {
        ExecutablePath = executable,
        Headless = true,
        ChromiumSandbox = options.Sandbox ?? !Environment.IsPrivilegedProcess,
        // What belongs to no page, too, goes out under the strict rule.
        Proxy = new Proxy { Server = proxy.AbsoluteUri },
        Timeout = (float)options.StartTimeout.TotalMilliseconds,
        Args =
        [
            "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            // Pictures are neither loaded nor decoded; their alternative texts are in the document.
            "--blink-settings=imagesEnabled=false",
            "--mute-audio",
            // Media connections know no proxy.
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            string.Create(CultureInfo.InvariantCulture, $"--js-flags=--max-old-space-size={options.ScriptMemoryMb}"),
        ],
    };

    public static BrowserNewContextOptions Visitor(string version, string agent, Uri proxy) => new()
    {
        Proxy = new Proxy { Server = proxy.AbsoluteUri },
        // As the large crawlers say it: what the browser can, and who asks.
        UserAgent = $"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; {agent}) Chrome/{version} Safari/537.36",
        AcceptDownloads = false,
        ServiceWorkers = ServiceWorkerPolicy.Block,
        ReducedMotion = ReducedMotion.Reduce,
        // Tall: what is loaded when it comes into view mostly is at once.
        ViewportSize = new ViewportSize { Width = 1280, Height = 2000 },
    };
}
