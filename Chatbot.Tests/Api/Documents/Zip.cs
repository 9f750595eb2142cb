using System.IO.Compression;
using System.Text;

namespace Chatbot.Tests.Api.Documents;

/// <summary>Archives, good and bad.</summary>
internal static class Zip
{
    public static byte[] Of(params (string Name, string Text)[] entries) => Of([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    public static byte[] Of(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Changes the archive's directory entry, and the header before the bytes, of a name.</summary>
    public static byte[] WithFlag(this byte[] archive, string name, byte flag)
    {
        var copy = archive.ToArray();
        var text = Encoding.UTF8.GetBytes(name);
        for (var at = copy.AsSpan().IndexOf(text); at >= 0;)
        {
            // The name stands 46 bytes after the start of a directory entry, 30 after that of a header.
            if (at >= 46 && copy.AsSpan(at - 46, 4).SequenceEqual("PK\x01\x02"u8)) copy[at - 46 + 8] |= flag;
            else if (at >= 30 && copy.AsSpan(at - 30, 4).SequenceEqual("PK\x03\x04"u8)) copy[at - 30 + 6] |= flag;
            var next = copy.AsSpan(at + 1).IndexOf(text);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return copy;
    }
}
