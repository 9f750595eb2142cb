using System.IO.Enumeration;

namespace Chatbot.Crawler.Rendering;

/// <summary>Addresses that a page asks to count its visitors, or for a consent to that, and other ones that are never its content.</summary>
internal static class Trackers
{
    /// <summary>Patterns of Chromium's <c>Fetch</c> domain.</summary>
    public static readonly IReadOnlyList<string> Patterns =
    [
        "*://*.google-analytics.com/*", "*://*.googletagmanager.com/*", "*://*.googlesyndication.com/*", "*://*.googleadservices.com/*",
        "*://*.doubleclick.net/*", "*://connect.facebook.net/*", "*://*.facebook.com/tr*", "*://*.hotjar.com/*", "*://*.clarity.ms/*",
        "*://*.segment.io/*", "*://*.segment.com/*", "*://*.mixpanel.com/*", "*://*.amplitude.com/*", "*://*.fullstory.com/*",
        "*://*.newrelic.com/*", "*://*.nr-data.net/*", "*://*.sentry.io/*", "*://*.intercom.io/*", "*://*.etracker.com/*", "*://*.etracker.de/*",
        "*://*.ioam.de/*", "*://*.adobedtm.com/*", "*://*.omtrdc.net/*", "*://*.scorecardresearch.com/*", "*://*.quantserve.com/*",
        "*://*.criteo.com/*", "*://*.taboola.com/*", "*://*.outbrain.com/*", "*://plausible.io/*", "*://static.cloudflareinsights.com/*",
        "*/favicon.ico", "*/matomo.js*", "*/matomo.php*", "*/piwik.js*", "*/piwik.php*",
        "*://*.cookiebot.com/*", "*://*.onetrust.com/*", "*://*.cookielaw.org/*", "*://*.usercentrics.eu/*", "*://*.consentmanager.net/*",
        "*://*.didomi.io/*", "*://*.privacy-center.org/*", "*://*.trustarc.com/*",
    ];

    public static bool Match(string url) => Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, url));
}
