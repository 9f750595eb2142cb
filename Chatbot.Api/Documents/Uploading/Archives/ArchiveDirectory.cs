using System.Buffers.Binary;

namespace Chatbot.Api.Documents.Uploading.Archives;

/// <summary>
/// Looks at the directory of a ZIP archive (APPNOTE 6.3.10, 4.3) before it is opened: opening one reads the whole of it into
/// memory, and 50 MB have room for a million entries, whatever number they state. Pure.
/// </summary>
internal static class ArchiveDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint EntrySignature = 0x02014B50;
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const int LongestComment = ushort.MaxValue;

    /// <returns>The number of entries, none counted beyond the limit and one; null for what is no archive, or one in the form for more than 65,534 entries or 4 GB.</returns>
    public static int? Count(Stream archive, int limit)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndBytes + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, EndSignature);
        var end = tail.AsSpan().LastIndexOf(signature);
        if (end < 0 || tail.Length - end < EndBytes) return null;
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 4));
        var stated = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (disk != 0 || stated == ushort.MaxValue || start >= archive.Length) return null;
        return Walk(archive, start, limit);
    }

    private static int Walk(Stream archive, long position, int limit)
    {
        var count = 0;
        Span<byte> entry = stackalloc byte[EntryBytes];
        while (count <= limit && position + EntryBytes <= archive.Length)
        {
            archive.Position = position;
            archive.ReadExactly(entry);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntrySignature) break;
            count++;
            position += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return count;
    }
}
