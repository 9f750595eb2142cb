namespace Chatbot.Crawler.Runs;

/// <summary>What the owner of a site can do when its start page could not be had.</summary>
internal static class Remedies
{
    /// <param name="reason">One of <see cref="PageReasons"/>.</param>
    /// <returns>A sentence.</returns>
    public static string For(string? reason) => reason switch
    {
        PageReasons.HostNotFound => "Check how the address is spelt, and that this machine can resolve names.",
        PageReasons.ConnectionFailed or PageReasons.TimedOut or PageReasons.HostDown or PageReasons.Incomplete or PageReasons.MalformedAnswer =>
            "Check the address and its port, that the server is running, and that no firewall is in between.",
        PageReasons.Tls => "Check that the server's certificate is valid for this name and that this machine trusts its issuer, or start with http://.",
        PageReasons.PrivateAddress => "If the site is your own, allow private addresses for it (on the command line: --allow-private).",
        PageReasons.NotFound or PageReasons.SoftNotFound => "Look the address up in a browser and start where it opens.",
        PageReasons.RedirectLoop or PageReasons.TooManyRedirects => "The server sends everyone in circles who keeps no cookies; start at the address that a browser shows in the end.",
        PageReasons.OffHost => "Start at the address that it leads to.",
        PageReasons.Robots or PageReasons.NoIndex => "The site asks not to be read here; if it is your own, change that on the site.",
        PageReasons.RobotsUnavailable or PageReasons.HttpError => "The server has trouble or refuses this program; try again later or ask who runs it.",
        PageReasons.TooLarge or PageReasons.Binary or PageReasons.ContentType or PageReasons.FileType => "Start at a page: HTML, plain text, PDF or an office file, within the size limits.",
        PageReasons.Excluded or PageReasons.NotIncluded => "Change the patterns of the site: they leave its start page out.",
        PageReasons.SignIn => "Check what the site's access says of its form to sign in: its address, the names of its fields and their values.",
        PageReasons.Rendering => "Look at the page in a browser: its text comes by scripts, and these did not get through here.",
        PageReasons.NoBrowser => "Install Chromium on this machine, or do not have the site rendered (on the command line: --render never).",
        _ => "Check the address in a browser.",
    };
}
