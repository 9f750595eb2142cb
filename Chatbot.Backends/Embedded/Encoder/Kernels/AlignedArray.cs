using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>An array that begins at a multiple of 64 bytes, a cache line and the widest vector: a vector that lies
/// across two lines takes two reads.</summary>
internal sealed class AlignedArray<T> where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] _array;
    private readonly int _start;

    public AlignedArray(int length)
    {
        var size = Unsafe.SizeOf<T>();
        _array = GC.AllocateArray<T>(length + Alignment / size, pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Alignment - address % Alignment) % Alignment) / size;
        Length = length;
    }

    public int Length { get; }

    public Span<T> Span => _array.AsSpan(_start, Length);
}
