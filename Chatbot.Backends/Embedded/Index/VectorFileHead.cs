using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The head of a file with vectors. Little-endian. Behind it the scales (4 bytes a chunk), from the next multiple of
/// 4,096 the high nibbles of all chunks (<see cref="NibbleRows"/>), from the next one the low ones, from the next one the fine bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal record struct VectorFileHead
{
    /// <summary>"CBVX" read as a little-endian number.</summary>
    public const uint RightMagic = 0x58564243;

    public const int CurrentFormat = 2;

    /// <summary>Where <see cref="Upto"/> stands.</summary>
    public const int UptoAt = 24;

    public uint Magic { get; set; }
    public int Format { get; set; }
    public int Chunks { get; set; }
    public int Dimensions { get; set; }
    public ulong Model { get; set; }
    public long Upto { get; set; }
}
