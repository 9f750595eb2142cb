using System.Text;

namespace Chatbot.Html;

/// <summary>
/// Leaves out tags that would make the tree endlessly deep or large, before it is built: the tree builder walks
/// its open elements for many tags, so ten thousand nested ones cost it seconds and a million would cost hours.
/// Text is never left out; deep parts come out flat. A page within the bounds, as all real ones are, is not changed.
/// </summary>
internal sealed class MarkupGuard(string text)
{
    /// <summary>Levels of the tree. Browsers have 512.</summary>
    public const int MaxDepth = 512;

    /// <summary>Start tags of a page; the page ends at the next one. The largest known page, the HTML standard, has about 300,000.</summary>
    public const int MaxElements = 600_000;

    /// <summary>Open formatting elements. The builder opens all of them anew in each paragraph, which multiplies.</summary>
    private const int MaxFormatting = 24;

    // A tag with a hundred thousand attributes is compared with itself; its name is kept, they are not.
    private const int MaxTagLength = 256 * 1024;

    private readonly OpenElements open = new();
    private StringBuilder? kept;
    private int copied;

    public string Apply(CancellationToken cancellationToken)
    {
        int elements = 0, tags = 0, at = 0;
        while ((at = Find('<', at)) >= 0)
        {
            var tag = TagScanner.Read(text, at);
            if (tag.Kind == TagKind.Start && (elements += Cost(tag)) > MaxElements) return Finish(at);
            if ((++tags & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (!Accepts(tag)) Replace(at, tag.End, "");
            else if (tag.End - at > MaxTagLength && tag.Kind == TagKind.Start) Replace(at, tag.End, $"<{tag.Name}>");
            at = tag.Kind == TagKind.Start ? TagScanner.SkipRawText(text, tag) : tag.End;
        }

        return Finish(text.Length);
    }

    private int Cost(Tag tag) => TagNames.NeverNest.Contains(tag.Name) ? 1 + open.Formatting : 1;

    private bool Accepts(Tag tag)
    {
        if (tag.Kind == TagKind.Other) return true;
        if (tag.Kind == TagKind.End) return open.Close(tag.Name);
        if (TagNames.Formatting.Contains(tag.Name) && open.Formatting >= MaxFormatting) return open.Refuse(tag.Name);
        if (TagNames.Void.Contains(tag.Name) || TagNames.RawText.Contains(tag.Name) || (tag.SelfClosing && open.InForeign)) return true;
        if (open.Depth >= MaxDepth - 8) return open.Refuse(tag.Name);
        if (TagNames.NeverNest.Contains(tag.Name)) return true;
        open.Push(tag.Name);
        return true;
    }

    private int Find(char c, int from)
    {
        if (from >= text.Length) return -1;
        var found = text.AsSpan(from).IndexOf(c);
        return found < 0 ? -1 : from + found;
    }

    private void Replace(int start, int end, string with)
    {
        kept ??= new(text.Length);
        // The words on both sides stay apart.
        kept.Append(text, copied, start - copied).Append(with.Length == 0 ? " " : with);
        copied = end;
    }

    private string Finish(int end)
    {
        if (kept is null) return end == text.Length ? text : text[..end];
        if (end > copied) kept.Append(text, copied, end - copied);
        return kept.ToString();
    }
}
