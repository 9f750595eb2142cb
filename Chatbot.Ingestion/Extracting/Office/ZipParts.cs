using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>
/// The parts of an office file, unpacked only when asked for and within one limit for all of them. Not thread-safe.
/// </summary>
internal sealed class ZipParts : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _name;
    private readonly long _limit;
    private readonly CancellationToken _cancellationToken;
    private long _unpacked;

    private ZipParts(ZipArchive archive, string name, OfficeOptions options, CancellationToken cancellationToken)
    {
        (_archive, _name, _limit, _cancellationToken) = (archive, name, (long)options.MaxUnpackedMb << 20, cancellationToken);
        foreach (var entry in archive.Entries) _entries.TryAdd(Normal(entry.FullName), entry);
    }

    /// <exception cref="ExtractionFailedException">It has too many parts.</exception>
    /// <exception cref="InvalidDataException">It is no ZIP file.</exception>
    public static ZipParts Open(ExtractionSource source, OfficeOptions options, CancellationToken cancellationToken)
    {
        // Counted where they stand: the number in the header may lie, and the list is made before anyone could ask.
        if (source.Bytes.Span.Count("PK\u0001\u0002"u8) > options.MaxParts)
            throw new ExtractionFailedException($"{source.Name} is not read: it has more than {options.MaxParts} parts.");

        var bytes = MemoryMarshal.TryGetArray(source.Bytes, out var segment) ? segment : source.Bytes.ToArray();
        var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return new(new ZipArchive(stream, ZipArchiveMode.Read), source.Name, options, cancellationToken);
    }

    public bool Has(string path) => _entries.ContainsKey(Normal(path));

    /// <returns>Null when there is no such part.</returns>
    public XmlReader? Read(string? path) => path is not null && _entries.TryGetValue(Normal(path), out var entry)
        ? BoundedXml.Open(new CountingStream(entry.Open(), Count))
        : null;

    /// <returns>The root element; null when there is no such part.</returns>
    public XElement? Load(string? path)
    {
        using var reader = Read(path);
        return reader is null || reader.MoveToContent() != XmlNodeType.Element ? null : BoundedXml.ReadElement(reader, _cancellationToken);
    }

    /// <summary>A part as it is, such as a picture.</summary>
    /// <param name="limit">Bytes; larger ones are left where they are.</param>
    /// <returns>Null when there is no such part, or it is too large.</returns>
    public byte[]? ReadBytes(string path, int limit)
    {
        if (!_entries.TryGetValue(Normal(path), out var entry)) return null;
        using var stream = new CountingStream(entry.Open(), Count);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer, 0, buffer.Length) is var read and > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit) return null;
        }

        return bytes.ToArray();
    }

    /// <summary>What a part refers to: path and last word of the type, by id. The package itself is the empty path.</summary>
    public IReadOnlyDictionary<string, Relation> Relations(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = path[..(slash + 1)];
        var found = new Dictionary<string, Relation>(StringComparer.Ordinal);
        if (Load($"{folder}_rels/{path[(slash + 1)..]}.rels") is not { } root) return found;
        foreach (var relation in root.Children("Relationship"))
        {
            if (relation.Attr("Id") is not { } id || relation.Attr("Target") is not { } target || relation.Attr("TargetMode") == "External") continue;
            var type = relation.Attr("Type") ?? "";
            found.TryAdd(id, new(Resolve(folder, target), type[(type.LastIndexOf('/') + 1)..]));
        }

        return found;
    }

    /// <summary>Addresses outside of the file that a part links to, by id.</summary>
    public IReadOnlyDictionary<string, string> Links(string path)
    {
        var slash = path.LastIndexOf('/');
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Load($"{path[..(slash + 1)]}_rels/{path[(slash + 1)..]}.rels") is not { } root) return found;
        foreach (var relation in root.Children("Relationship"))
            if (relation.Attr("TargetMode") == "External" && relation.Attr("Type")?.EndsWith("/hyperlink", StringComparison.Ordinal) == true
                && relation.Attr("Id") is { } id && LinkTarget.Clean(relation.Attr("Target")) is { } target) found.TryAdd(id, target);
        return found;
    }

    public void Dispose() => _archive.Dispose();

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var steps = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/'))
        {
            if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else if (step is not (".." or "." or "")) steps.Add(step);
        }

        return string.Join('/', steps);
    }

    private static string Normal(string path) => path.Replace('\\', '/').TrimStart('/');

    private void Count(int read)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _unpacked += read;
        if (_unpacked > _limit) throw new ExtractionFailedException($"{_name} is not read: unpacked it has more than {_limit >> 20} MB of text.");
    }

    /// <param name="Path">Of the part, from the root of the package.</param>
    /// <param name="Type">The last word of its type: "styles", "slide", "core-properties".</param>
    internal sealed record Relation(string Path, string Type);
}
