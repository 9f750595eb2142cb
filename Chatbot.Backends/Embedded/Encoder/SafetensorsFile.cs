using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// Reads tensors of a safetensors file. The layout is checked when it is opened; the contents stay on disk and in the
/// operating system's page cache, shared by all processes. Safe for concurrent use.
/// </summary>
/// <remarks>Reads are positional and not through a memory map: Linux maps the neighbours of every touched page too, so
/// that after a few thousand texts the whole 54 MB word table counts as resident memory. A row costs about a
/// microsecond this way, one hundredth of what its token costs in the encoder.</remarks>
internal sealed class SafetensorsFile : IDisposable
{
    // The known header has 31 kB; the bound keeps a damaged length from allocating gigabytes.
    private const int MaxHeaderBytes = 4 << 20;
    private const int Alignment = 64;

    private readonly SafeFileHandle _handle;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header)
    {
        Path = path;
        _handle = handle;
        _header = header;
    }

    public string Path { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <exception cref="ModelFileException">Missing, unreadable, empty, cut off or not in this format.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new SafetensorsFile(path, handle, ReadHeader(handle));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            handle?.Dispose();
            throw new ModelFileException(path, error is FileNotFoundException or DirectoryNotFoundException
                ? "it does not exist" : error.Message.TrimEnd('.'), error);
        }
    }

    /// <exception cref="ModelFileException">No such tensor, or another type or shape than the model needs.</exception>
    public TensorInfo Find(string name, string type, params ReadOnlySpan<int> shape)
    {
        if (!_header.Tensors.TryGetValue(name, out var tensor))
            throw new ModelFileException(Path, $"tensor '{name}' is missing");
        if (tensor.Type != type || !shape.SequenceEqual([.. tensor.Shape]))
            throw new ModelFileException(Path, $"tensor '{name}' is {tensor.Type}[{string.Join(',', tensor.Shape)}] "
                + $"instead of {type}[{string.Join(',', shape.ToArray())}]");
        return tensor;
    }

    /// <summary>A tensor of any length along its only dimension.</summary>
    public TensorInfo FindVector(string name, string type) =>
        _header.Tensors.TryGetValue(name, out var tensor) && tensor.Shape.Count == 1
            ? Find(name, type, tensor.Shape[0])
            : throw new ModelFileException(Path, $"the list '{name}' is missing");

    /// <summary>Fills <paramref name="destination"/> from the element at <paramref name="start"/> on.</summary>
    public void Read<T>(TensorInfo tensor, long start, Span<T> destination) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(destination);
        var offset = start * (bytes.Length / Math.Max(destination.Length, 1));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes.Length, tensor.Length);
        ReadBytes(tensor.Offset + offset, bytes);
    }

    public T[] ReadAll<T>(TensorInfo tensor) where T : unmanaged
    {
        var values = GC.AllocateUninitializedArray<T>((int)(tensor.Length / Marshal.SizeOf<T>()));
        Read<T>(tensor, 0, values);
        return values;
    }

    /// <summary>Fills <paramref name="destination"/> with the file's bytes from <paramref name="position"/> on.</summary>
    public void ReadBytes(long position, Span<byte> destination)
    {
        try
        {
            if (!TryRead(_handle, position, destination))
                throw new ModelFileException(Path, "it became shorter while it was in use");
        }
        catch (IOException error)
        {
            throw new ModelFileException(Path, "it cannot be read", error);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static SafetensorsHeader ReadHeader(SafeFileHandle handle)
    {
        var fileLength = RandomAccess.GetLength(handle);
        if (fileLength == 0)
            throw new FormatException("it is empty");

        Span<byte> prefix = stackalloc byte[8];
        if (!TryRead(handle, 0, prefix))
            throw new FormatException("it is cut off within its first bytes");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxHeaderBytes)
            throw new FormatException("it is not in the safetensors format");

        var dataStart = 8 + (long)headerLength;
        var json = new byte[headerLength];
        if (!TryRead(handle, 8, json))
            throw new FormatException("it is cut off within its header");
        if (dataStart % Alignment != 0)
            throw new FormatException($"its tensors do not start at a multiple of {Alignment} bytes");
        return SafetensorsHeader.Parse(json, dataStart, fileLength);
    }

    private static bool TryRead(SafeFileHandle handle, long position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(handle, destination, position);
            if (read == 0)
                return false;
            destination = destination[read..];
            position += read;
        }

        return true;
    }
}
