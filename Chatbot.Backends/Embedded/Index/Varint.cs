using System.Runtime.CompilerServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Unsigned integers in 7-bit groups, the lowest first; the high bit says that another follows.</summary>
internal static class Varint
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = bytes[at++];
        if (value < 0x80) return value;
        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    /// <param name="target">Has room for at least 5 bytes at <paramref name="at"/>.</param>
    public static void Write(Span<byte> target, ref int at, uint value)
    {
        for (; value >= 0x80; value >>= 7) target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
    }
}
