using System.Text;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Chunking;

/// <summary>Parts that will be one chunk.</summary>
internal sealed class ChunkDraft
{
    private readonly List<ChunkPart> parts = [];

    public IReadOnlyList<ChunkPart> Parts => parts;

    /// <summary>Characters of the text it would make.</summary>
    public int Length { get; private set; }

    public bool IsEmpty => parts.Count == 0;

    public void Add(ChunkPart part)
    {
        // The same heading again, with nothing in between.
        if (part.Kind is null && !IsEmpty && parts[^1].Kind is null && parts[^1].Path.SequenceEqual(part.Path)) return;
        parts.Add(part);
        Length = Text(CommonPath()).Length;
    }

    /// <summary>Characters it would have with these parts, too; beyond <paramref name="limit"/> only that it is more.</summary>
    public int LengthWith(IReadOnlyList<ChunkPart> more, int limit)
    {
        var least = Length + more.Sum(part => part.Text.Length);
        if (least > limit) return least;
        // Headings that were common to all come into the text when a part from elsewhere joins: only writing it tells.
        var together = new ChunkDraft();
        together.parts.AddRange(parts);
        together.parts.AddRange(more);
        return together.Text(together.CommonPath()).Length;
    }

    /// <summary>Takes the last parts away again, for the next chunk, where they announce what comes there.</summary>
    public List<ChunkPart> TakeLeadIn()
    {
        var from = parts.Count;
        while (from > 1 && parts[from - 1].IsLeadIn) from--;
        if (from == parts.Count || parts.Count - from > 2) return [];
        var taken = parts[from..];
        parts.RemoveRange(from, parts.Count - from);
        return taken;
    }

    /// <summary>The text with those headings that not all parts have in common, and the ones they have.</summary>
    public (string Text, IReadOnlyList<string> Path, IReadOnlyList<TextLink> Links) Write()
    {
        var path = CommonPath();
        var links = new List<TextLink>();
        var text = Text(path, links);
        // Headings alone: the last one is all there is to say.
        return text.Length == 0 ? (path[^1], path.Take(path.Count - 1).ToList(), []) : (text, path, links);
    }

    private string Text(IReadOnlyList<string> common, List<TextLink>? links = null)
    {
        var text = new StringBuilder();
        IReadOnlyList<string> path = common;
        ChunkPart? before = null;
        foreach (var part in parts)
        {
            var headings = ReferenceEquals(path, part.Path) ? [] : part.Path.Skip(Math.Max(common.Count, Shared(path, part.Path))).ToList();
            foreach (var heading in headings) Append(text, heading, "\n\n");
            if (part.Text.Length > 0) Append(text, part.Text, headings.Count > 0 || (before is not null && IsRun(before, part)) ? "\n" : "\n\n");
            if (TextLinks.Shift(part.Links, text.Length - part.Text.Length) is { } some) links?.AddRange(some);
            (path, before) = (part.Path, part);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string part, string border)
    {
        if (text.Length > 0) text.Append(border);
        text.Append(part);
    }

    // The items of a list stand close together.
    private static bool IsRun(ChunkPart before, ChunkPart part) => before.Kind == part.Kind && part.Kind is BlockKind.ListItem or BlockKind.Definition;

    private IReadOnlyList<string> CommonPath()
    {
        var common = parts[0].Path;
        foreach (var part in parts)
            if (!ReferenceEquals(common, part.Path)) common = common.Take(Shared(common, part.Path)).ToList();
        return common;
    }

    private static int Shared(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var shared = 0;
        while (shared < one.Count && shared < other.Count && one[shared] == other[shared]) shared++;
        return shared;
    }
}
