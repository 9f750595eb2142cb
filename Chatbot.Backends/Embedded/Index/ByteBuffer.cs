using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Bytes that grow. Not safe for concurrent use.</summary>
internal sealed class ByteBuffer(int capacity = 64)
{
    private byte[] _bytes = new byte[capacity];
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

    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged => Write(MemoryMarshal.AsBytes(values));

    public void Write<T>(T value) where T : unmanaged => Write(new ReadOnlySpan<T>(in value));

    /// <summary>Fills up with zeros to a multiple of <paramref name="unit"/> bytes.</summary>
    public void Align(int unit)
    {
        while (_length % unit != 0) WriteByte(0);
    }

    public byte[] ToArray() => Written.ToArray();

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
