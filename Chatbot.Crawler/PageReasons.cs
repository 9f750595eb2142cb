namespace Chatbot.Crawler;

/// <summary>Why a URL ended as it did: the words of reports and of the frontier. They never change their meaning.</summary>
public static class PageReasons
{
    // Not taken by its address.
    public const string NotHttp = "not-http";
    public const string UrlTooLong = "url-too-long";
    public const string OffHost = "off-host";
    public const string Excluded = "excluded";
    public const string NotIncluded = "not-included";
    public const string FileType = "file-type";
    public const string TooDeep = "too-deep";
    public const string PageLimit = "page-limit";
    public const string ByteLimit = "byte-limit";
    public const string RepeatingPath = "repeating-path";
    public const string TooManyParameters = "too-many-parameters";
    public const string QueryVariants = "query-variants";
    public const string Calendar = "calendar";
    public const string Endless = "endless";

    // Not taken because the site asks so.
    public const string Robots = "robots";
    public const string NoIndex = "noindex";

    // Not taken by its content.
    public const string ContentType = "content-type";
    public const string Binary = "binary";
    public const string TooLarge = "too-large";

    // Another URL stands for it.
    public const string Redirect = "redirect";
    public const string Canonical = "canonical";
    public const string SameContent = "same-content";
    public const string SimilarContent = "similar-content";

    // Not there any more.
    public const string NotFound = "not-found";
    public const string SoftNotFound = "soft-404";
    public const string RedirectedAway = "redirected-away";
    public const string Unlinked = "unlinked";

    // Could not be had.
    public const string HostNotFound = "host-not-found";
    public const string ConnectionFailed = "connection-failed";
    public const string Tls = "tls";
    public const string TimedOut = "timed-out";
    public const string PrivateAddress = "private-address";
    public const string HttpError = "http-error";
    public const string RedirectLoop = "redirect-loop";
    public const string TooManyRedirects = "too-many-redirects";
    public const string RobotsUnavailable = "robots-unavailable";
    public const string Incomplete = "incomplete";
    public const string MalformedAnswer = "malformed-answer";
    public const string Sitemap = "sitemap";
    public const string SignIn = "sign-in";
    public const string Rendering = "rendering";
    public const string NoBrowser = "no-browser";
    public const string HostDown = "host-down";
    public const string Error = "error";

    public const string Cancelled = "cancelled";
}
