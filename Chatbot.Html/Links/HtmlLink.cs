namespace Chatbot.Html;

/// <summary>A link of a page.</summary>
/// <param name="Url">Absolute, http or https, without fragment.</param>
/// <param name="NoFollow">The link itself asks not to be followed; see <see cref="HtmlPage.RobotsFor"/> for the page.</param>
public sealed record HtmlLink(string Url, bool NoFollow);
