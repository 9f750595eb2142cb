namespace Chatbot.Html;

/// <summary>The bytes are no text: an image, an archive, a PDF that a server calls text/html.</summary>
public sealed class NotHtmlException(string message) : Exception(message);
