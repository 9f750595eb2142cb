namespace Chatbot.Crawler.Fetching;

/// <summary>Tells pictures by their first bytes.</summary>
internal static class ImageSignature
{
    /// <returns>The media type of a picture that can be read; null for everything else.</returns>
    public static string? TypeOf(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (body.StartsWith("GIF87a"u8) || body.StartsWith("GIF89a"u8)) return "image/gif";
        if (body.Length > 12 && body.StartsWith("RIFF"u8) && body[8..].StartsWith("WEBP"u8)) return "image/webp";
        return null;
    }
}
