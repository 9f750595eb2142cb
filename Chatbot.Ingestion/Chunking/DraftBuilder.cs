using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Chunking;

/// <summary>Spreads the sections of a document over chunks.</summary>
internal sealed class DraftBuilder(ChunkLimits limits, BlockCutter cutter)
{
    private readonly List<ChunkDraft> drafts = [];
    private ChunkDraft draft = new();

    public IReadOnlyList<ChunkDraft> Build(IReadOnlyList<Section> sections)
    {
        for (var i = 0; i < sections.Count; i++)
            if (i + 1 == sections.Count || !sections[i].IsOnlyAbove(sections[i + 1])) Add(sections[i]);
        Close();
        return drafts;
    }

    private void Add(Section section)
    {
        var parts = Parts(section);
        if (!draft.IsEmpty && !FitsBehind(parts)) Close();
        if (draft.LengthWith(parts, limits.Max) <= limits.Max)
        {
            foreach (var part in parts) draft.Add(part);
            return;
        }

        Pack(parts);
    }

    private List<ChunkPart> Parts(Section section)
    {
        if (section.Blocks.Count == 0) return [new(section.Path, null, "", section.Heading!)];
        var parts = new List<ChunkPart>();
        foreach (var block in section.Blocks)
            foreach (var (text, links, page) in cutter.Cut(block))
                // The first block of a section is found by the section's heading.
                parts.Add(new(section.Path, block.Kind, text, parts.Count == 0 ? section.Heading ?? block : page == block.Page ? block : block with { Page = page }) { Links = links });
        return parts;
    }

    // Up to the target, or a little more rather than leave a crumb on either side.
    private bool FitsBehind(List<ChunkPart> parts)
    {
        var together = draft.LengthWith(parts, limits.Max);
        if (together <= limits.Target) return true;
        return together <= limits.Max && (draft.Length < limits.Target / 4 || together - draft.Length < limits.Target / 8);
    }

    private void Pack(List<ChunkPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var together = draft.LengthWith([parts[i]], limits.Max);
            var rest = draft.LengthWith(parts.GetRange(i, Math.Min(parts.Count - i, 4)), limits.Max);
            var crumbLeft = parts.Count - i <= 4 && rest <= limits.Max && rest - draft.Length < limits.Target / 4;
            if (!draft.IsEmpty && (together > limits.Max || (together > limits.Target && draft.Length > limits.Target / 2 && !crumbLeft))) Break(parts[i]);
            draft.Add(parts[i]);
        }
    }

    private void Break(ChunkPart next)
    {
        var leadIn = draft.TakeLeadIn();
        Close();
        foreach (var part in leadIn) draft.Add(part);
        // A lead-in so long that what it announces does not fit beside it stays alone.
        if (!draft.IsEmpty && draft.LengthWith([next], limits.Max) > limits.Max) Close();
    }

    private void Close()
    {
        if (!draft.IsEmpty) drafts.Add(draft);
        draft = new();
    }
}
