namespace Chatbot.Html;

/// <summary>A page that leads on by itself.</summary>
/// <param name="Url">Absolute, http or https, without fragment; also one of the page's links.</param>
/// <param name="Delay">How long it is shown before, 0 or more.</param>
public sealed record HtmlRefresh(string Url, TimeSpan Delay);
