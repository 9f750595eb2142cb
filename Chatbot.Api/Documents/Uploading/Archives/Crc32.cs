namespace Chatbot.Api.Documents.Uploading.Archives;

/// <summary>The checksum of ZIP (ISO 3309, polynomial EDB88320 reflected), as bytes come. Not safe for concurrent use.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = MakeTable();

    private uint rest = uint.MaxValue;

    /// <summary>Of all that was added.</summary>
    public uint Value => ~rest;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var value = rest;
        foreach (var one in bytes) value = Table[(byte)(value ^ one)] ^ (value >> 8);
        rest = value;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            table[i] = value;
        }

        return table;
    }
}
