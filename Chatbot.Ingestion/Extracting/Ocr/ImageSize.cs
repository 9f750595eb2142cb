using System.Buffers.Binary;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>How large a picture says it is, without unpacking it.</summary>
internal static class ImageSize
{
    /// <returns>Null when it is no PNG, JPEG, GIF or WebP.</returns>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 24 && bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])) return Checked(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        if (bytes.Length > 10 && bytes.StartsWith("GIF8"u8)) return Checked(BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return OfJpeg(bytes);
        return bytes.Length > 30 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? OfWebP(bytes) : null;
    }

    // Segments up to the one that begins the picture (SOF0 to SOF15, without those of tables).
    private static (int, int)? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 < bytes.Length;)
        {
            if (bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Checked(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            // Fill bytes and markers without a length.
            at += marker switch { 0xFF => 1, 0x01 or (>= 0xD0 and <= 0xD9) => 2, _ => 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) };
        }

        return null;
    }

    private static (int, int)? OfWebP(ReadOnlySpan<byte> bytes)
    {
        var kind = bytes[12..16];
        if (kind.SequenceEqual("VP8X"u8)) return Checked((uint)Three(bytes[24..]) + 1, (uint)Three(bytes[27..]) + 1);
        if (kind.SequenceEqual("VP8 "u8)) return Checked(BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFFu);
        if (!kind.SequenceEqual("VP8L"u8)) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
        return Checked((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);

        static int Three(ReadOnlySpan<byte> number) => number[0] | (number[1] << 8) | (number[2] << 16);
    }

    private static (int, int)? Checked(uint width, uint height) => width is > 0 and < 100_000 && height is > 0 and < 100_000 ? ((int)width, (int)height) : null;
}
