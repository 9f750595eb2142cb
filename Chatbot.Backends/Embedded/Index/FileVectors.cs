using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The vectors of a segment in a file beside it. Scales and nibbles are mapped; fine bytes are read where they are
/// needed, so that they do not become resident. Written in place, by any process that has it open: a vector is the same
/// whoever writes it, and what a crash loses is written again, because <see cref="Upto"/> moves only behind what was flushed.
/// Without vectors the file is a hole and takes no room on the disk.
/// </summary>
internal sealed unsafe class FileVectors : SegmentVectors
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _high;
    private readonly long _low;
    private readonly long _fine;
    private long _upto;

    private FileVectors(SafeFileHandle file, VectorFileHead head) : base(head.Chunks, head.Dimensions)
    {
        (_file, _upto) = (file, head.Upto);
        (_high, _low, _fine, _) = Layout(head.Chunks, head.Dimensions);
        _mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, _fine, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    // Searches may still read a segment that was just replaced: it is unmapped when nothing refers to it any more.
    ~FileVectors()
    {
        // The constructor may have thrown before there was a view.
        if (_view is null) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }

    public override bool IsWhole => RandomAccess.GetLength(_file) >= _fine;

    public override long Upto => Volatile.Read(ref _upto);

    /// <summary>The file of a segment for a model; an empty one is made where there is none or a damaged one.</summary>
    /// <param name="model">A number that stands for the model.</param>
    /// <exception cref="IOException">It can be neither read nor made.</exception>
    public static FileVectors Open(string path, int chunks, int dimensions, ulong model)
    {
        var head = new VectorFileHead { Magic = VectorFileHead.RightMagic, Format = VectorFileHead.CurrentFormat, Chunks = chunks, Dimensions = dimensions, Model = model };
        var (_, _, _, length) = Layout(chunks, dimensions);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        try
        {
            var found = default(VectorFileHead);
            var there = RandomAccess.GetLength(file) == length ? RandomAccess.Read(file, MemoryMarshal.AsBytes(new Span<VectorFileHead>(ref found)), 0) : 0;
            if (there == Unsafe.SizeOf<VectorFileHead>() && found with { Upto = 0 } == head) return new FileVectors(file, found);

            // Emptied first: old bytes must not pass for vectors of these chunks. Nobody reads it yet, it is no segment's of now.
            RandomAccess.SetLength(file, 0);
            RandomAccess.SetLength(file, length);
            RandomAccess.Write(file, MemoryMarshal.AsBytes(new ReadOnlySpan<VectorFileHead>(in head)), 0);
            return new FileVectors(file, head);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Flushes what was written, and then notes that all vectors up to a number are in.</summary>
    public void SetUpto(long number)
    {
        if (number <= Upto) return;
        RandomAccess.FlushToDisk(_file);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)), VectorFileHead.UptoAt);
        Volatile.Write(ref _upto, number);
    }

    public override ReadOnlySpan<float> Scales => new(_start + Unsafe.SizeOf<VectorFileHead>(), Chunks);

    public override ReadOnlySpan<byte> High(int first, int count) => new(_start + _high + ((long)first * RowBytes), count * RowBytes);

    public override ReadOnlySpan<byte> Low(int first, int count) => new(_start + _low + ((long)first * RowBytes), count * RowBytes);

    protected override void Store(int first, ReadOnlySpan<float> scales, ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, ReadOnlySpan<byte> fine)
    {
        RandomAccess.Write(_file, fine, _fine + ((long)first * Dimensions));
        RandomAccess.Write(_file, low, _low + ((long)first * RowBytes));
        RandomAccess.Write(_file, high, _high + ((long)first * RowBytes));
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(scales), Unsafe.SizeOf<VectorFileHead>() + ((long)first * sizeof(float)));
    }

    protected override void ReadFine(int first, int count, Span<byte> fine)
    {
        if (RandomAccess.Read(_file, fine, _fine + ((long)first * Dimensions)) < fine.Length) fine.Clear();
        GC.KeepAlive(this);
    }

    private static (long High, long Low, long Fine, long Length) Layout(int chunks, int dimensions)
    {
        const int Page = 4096;
        var plane = (long)chunks * NibbleRows.BytesOf(dimensions);
        var high = Up(Unsafe.SizeOf<VectorFileHead>() + ((long)chunks * sizeof(float)));
        var low = Up(high + plane);
        var fine = Up(low + plane);
        return (high, low, fine, fine + ((long)chunks * dimensions));

        static long Up(long at) => (at + Page - 1) / Page * Page;
    }
}
