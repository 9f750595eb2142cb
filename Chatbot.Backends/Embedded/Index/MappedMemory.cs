using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// A file as read-only memory: pages come in when they are touched and can be given back by the system at any time.
/// At most 2 GB. The file may be deleted while it is mapped.
/// </summary>
internal sealed unsafe class MappedMemory : MemoryManager<byte>
{
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    /// <exception cref="InvalidDataException">The file is empty or too large.</exception>
    public MappedMemory(string path)
    {
        // Opened by hand: CreateFromFile(path) asks for a lock that another process's delete would trip over.
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(_handle);
        if (length is 0 or > int.MaxValue)
        {
            _handle.Dispose();
            throw new InvalidDataException($"{path} has {length} bytes; expected 1 to {int.MaxValue}.");
        }

        _length = (int)length;
        _file = MemoryMappedFile.CreateFromFile(_handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Whether the file is as long as it was: who reads what was cut off ends with the process.</summary>
    public bool IsWhole => RandomAccess.GetLength(_handle) >= _length;

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    // Searches may still read a segment that was just replaced: it is unmapped when nothing refers to it any more.
    // Who reads a span of it keeps the segment alive until done (GC.KeepAlive), which is what the rule warns of.
#pragma warning disable CA2015
    ~MappedMemory() => Dispose(false);
#pragma warning restore CA2015

    protected override void Dispose(bool disposing)
    {
        // The constructor may have thrown before there was a view.
        if (_view is null) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        if (!disposing) return;
        _view.Dispose();
        _file.Dispose();
        _handle.Dispose();
    }
}
