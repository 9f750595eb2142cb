namespace Chatbot.Web.Assets;

/// <summary>A style sheet, script or picture of the pages, ready to be sent.</summary>
/// <param name="ETag">Quoted, made of the content.</param>
/// <param name="Brotli">The same bytes compressed.</param>
internal sealed record Asset(string ContentType, string ETag, byte[] Bytes, byte[] Brotli);
