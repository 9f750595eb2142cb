using System.Runtime.InteropServices;

namespace Chatbot.Backends.Frames;

/// <summary>What of a page may stand on the other pages of its site, too.</summary>
/// <param name="Language">Two letters; empty when it could not be told.</param>
/// <param name="Hashes">Of its blocks, distinct, in ascending order.</param>
/// <param name="Applied">Names what of the site's frame was known of it when it was indexed; 0 for nothing.</param>
public sealed record PageFrame(string DocumentId, string SiteId, string Language, ulong[] Hashes, long Applied)
{
    internal byte[] ToBytes() => MemoryMarshal.AsBytes(Hashes.AsSpan()).ToArray();

    internal static ulong[] FromBytes(byte[] bytes) => MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
}
