using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Bytes, or values of a fixed size, that grow. They are outside of the collector's memory: segments are made all the time
/// while documents change, and megabytes left behind by growing would make it stop everything. Not safe for concurrent use.
/// </summary>
internal sealed unsafe class ByteBuffer(int capacity = 64) : IDisposable
{
    private byte* _bytes = (byte*)NativeMemory.Alloc((nuint)capacity);
    private int _capacity = capacity;

    ~ByteBuffer() => Free();

    public int Length { get; private set; }

    /// <summary>Valid until something is written or this is disposed of.</summary>
    public ReadOnlySpan<byte> Written => new(_bytes, Length);

    public void Clear() => Length = 0;

    public void WriteVarint(uint value)
    {
        Reserve(5);
        var at = Length;
        Varint.Write(new Span<byte>(_bytes, _capacity), ref at, value);
        Length = at;
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(new Span<byte>(_bytes + Length, bytes.Length));
        Length += bytes.Length;
    }

    public void Write<T>(T value) where T : unmanaged
    {
        Reserve(Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(_bytes + Length, value);
        Length += Unsafe.SizeOf<T>();
    }

    /// <summary>All of it as values; nothing else was written. Valid until something is written or this is disposed of.</summary>
    public Span<T> As<T>() where T : unmanaged => new(_bytes, Length / Unsafe.SizeOf<T>());

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Reserve(int more)
    {
        ObjectDisposedException.ThrowIf(_bytes is null, this);
        if ((long)Length + more <= _capacity) return;
        var capacity = (int)Math.Min(Math.Max(_capacity * 2L, (long)Length + more), Array.MaxLength);
        if (capacity - Length < more) throw new InvalidOperationException("A segment would be larger than 2 GB.");
        _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)capacity);
        _capacity = capacity;
    }

    private void Free()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        (_capacity, Length) = (0, 0);
    }
}
