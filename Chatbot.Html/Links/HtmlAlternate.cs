namespace Chatbot.Html;

/// <summary>The same page in another language.</summary>
/// <param name="Url">Absolute, http or https, without fragment.</param>
/// <param name="Language">As declared (<c>de</c>, <c>en-GB</c>, <c>x-default</c>).</param>
public sealed record HtmlAlternate(string Url, string Language);
