using System.Buffers.Binary;
using System.IO.Compression;

namespace Chatbot.Tests.Support;

/// <summary>Writes pictures in grey as PNG.</summary>
internal static class Png
{
    public static byte[] Of(byte[] pixels, int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Write("IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zip.WriteByte(0);
                zip.Write(pixels, y * width, width);
            }
        }

        Write("IDAT"u8, packed.ToArray());
        Write("IEND"u8, []);
        return file.ToArray();

        void Write(ReadOnlySpan<byte> type, byte[] content)
        {
            byte[] part = [.. type, .. content];
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            file.Write(part);
            BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(part));
            file.Write(number);
        }
    }

    // CRC-32 of PNG, bit by bit: tests write few pictures.
    private static uint Checksum(byte[] bytes)
    {
        var sum = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320u : sum >> 1;
        }

        return ~sum;
    }
}
