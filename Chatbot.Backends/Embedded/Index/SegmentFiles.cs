using Chatbot.Core;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The files of one knowledge base's segments: <c>ID.seg</c>, and beside it <c>ID.MODEL.vec</c> with vectors.</summary>
internal sealed class SegmentFiles(string directory, VectorSpace space)
{
    /// <summary>The right to write files, of one process at a time; null when another one has it.</summary>
    public FileTurn? TryTakeTurn()
    {
        Directory.CreateDirectory(directory);
        return FileTurn.TryTake(Path.Combine(directory, "merge.lock"));
    }

    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged or of another format.</exception>
    public IndexSegment Open(string name)
    {
        var path = Path.Combine(directory, name);
        var mapped = new MappedMemory(path);
        var chunks = IndexSegment.ChunksOf(mapped.Memory);
        return new IndexSegment(mapped.Memory, OpenVectors(path, chunks), mapped, path);
    }

    /// <summary>Merges segments into a file of their own, durably.</summary>
    /// <returns>The segment in its file.</returns>
    public IndexSegment Merge(MergeJob job, SearchTraffic traffic, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, $"{Ids.New()}.seg");
        using var writer = new SegmentWriter();
        var vectors = new SegmentMerger(job.Views, traffic, cancellationToken).Merge(job.KeepDeletions, chunks => OpenVectors(path, chunks), writer);
        (vectors as FileVectors)?.SetUpto(job.Vectors);
        WriteDurably(path, writer);
        var mapped = new MappedMemory(path);
        return new IndexSegment(mapped.Memory, vectors, mapped, path);
    }

    /// <summary>Deletes what belongs to no segment of these.</summary>
    public void DeleteOthers(IReadOnlyCollection<string> names)
    {
        var kept = names.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory, "*.*"))
        {
            // Whoever has it mapped keeps it; a process that is just opening the old checkpoint starts over from the new one.
            var name = Path.GetFileName(path);
            if ((name.Contains(".seg", StringComparison.Ordinal) || name.EndsWith(".vec", StringComparison.Ordinal)) && !kept.Contains(IdOf(name))) File.Delete(path);
        }
    }

    /// <summary>What the names of files with vectors of a model end in, behind the segment's id.</summary>
    public static string EndingOf(VectorSpace space) => $".{space.Number:x16}.vec";

    private static string IdOf(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];

    private SegmentVectors OpenVectors(string path, int chunks)
    {
        try
        {
            return FileVectors.Open(Path.ChangeExtension(path, EndingOf(space)), chunks, space.Dimensions, space.Number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Search needs no file for them: they are read from the rows as if they were new.
            return new MemoryVectors(chunks, space.Dimensions, upto: 0);
        }
    }

    private static void WriteDurably(string path, SegmentWriter writer)
    {
        using (var file = File.OpenHandle(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            writer.WriteTo(file);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(path + ".tmp", path, overwrite: true);
    }
}
