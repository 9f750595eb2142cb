using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Bytes, or values of a fixed size, that grow. Small ones come from a pool, to which disposing returns them. Not safe for concurrent use.</summary>
internal sealed class ByteBuffer(int capacity = 64) : IDisposable
{
    // Segments are made all the time while documents change, and what is left behind by growing would make the collector
    // stop everything. Larger arrays are rare, and a pool would hold on to them.
    private const int LargestPooled = 16 * 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void WriteVarint(uint value)
    {
        Reserve(5);
        Varint.Write(_bytes, ref _length, value);
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write<T>(T value) where T : unmanaged
    {
        Reserve(Unsafe.SizeOf<T>());
        MemoryMarshal.Write(_bytes.AsSpan(_length), in value);
        _length += Unsafe.SizeOf<T>();
    }

    /// <summary>All of it as values; nothing else was written.</summary>
    public Span<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(0, _length));

    public void Dispose()
    {
        Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (_length + more <= _bytes.Length) return;
        var length = (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + more), Array.MaxLength);
        var larger = length <= LargestPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        Written.CopyTo(larger);
        Return(_bytes);
        _bytes = larger;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length is > 0 and <= LargestPooled) ArrayPool<byte>.Shared.Return(bytes);
    }
}
