using System.Globalization;
using System.Text;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>
/// Turns a part of a tree into blocks. It recurses: the tree is at most <see cref="MarkupGuard.MaxDepth"/> levels deep.
/// </summary>
/// <param name="dropped">What of the tree is not content.</param>
internal sealed class BlockWriter(Func<Node, bool> dropped)
{
    // Of one page; a gallery has more.
    private const int MostImages = 50;

    private readonly List<Block> blocks = [];
    private readonly List<string> images = [];
    private int imageCount;
    private readonly InlineText inline = new();
    private readonly Stack<ListContext> lists = new();
    private BlockKind kind = BlockKind.Paragraph;
    private int level;
    private string prefix = "";
    private string? anchor;
    private string? blockAnchor;
    private int headingLevel;

    public IReadOnlyList<Block> Blocks => blocks;

    public void Write(Node root)
    {
        Visit(root);
        Flush();
    }

    private void Visit(Node node)
    {
        if (node.IsText)
        {
            if (inline.IsEmpty) blockAnchor = anchor;
            inline.Append(node.Text);
            return;
        }

        if (dropped(node)) return;
        // A skipped element may still be where a fragment lands.
        NoteAnchor(node);
        if (ElementKinds.Silent.Contains(node.Name)) return;
        VisitElement(node);
    }

    private void VisitElement(Node node)
    {
        switch (node.Name)
        {
            case "br": inline.AppendLineBreak(); break;
            case "wbr": break;
            case "hr": Flush(); break;
            case "img": WriteImage(node); break;
            case "q": Inline(node, "“", "”"); break;
            case "sup": WriteSuperscript(node); break;
            case "a" or "button": WriteLink(node); break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6": WriteHeading(node, node.Name[1] - '0'); break;
            case "summary": WriteHeading(node, Math.Min(headingLevel + 1, 6)); break;
            case "ul" or "ol" or "menu" or "dir": WriteList(node); break;
            case "li": WriteItem(node); break;
            case "dl": WriteDefinitions(node); break;
            case "blockquote": InBlock(node, BlockKind.Quote, 0); break;
            case "figcaption" or "caption": InBlock(node, BlockKind.Caption, 0); break;
            case "pre" or "listing" or "xmp" or "plaintext": WriteCode(node); break;
            case "table": WriteTable(node); break;
            case "p" or "div" or "span" when IsCaption(node): InBlock(node, BlockKind.Caption, 0); break;
            case var name when ElementKinds.Block.Contains(name): Separate(node); break;
            default: VisitChildren(node); break;
        }
    }

    private void NoteAnchor(Node node)
    {
        if (node.Id is { Length: > 0 and < 256 } id) anchor = id;
        else if (node.Name == "a" && node.Attribute("name") is { Length: > 0 and < 256 } name) anchor = name;
    }

    private void VisitChildren(Node node)
    {
        foreach (var child in node.Children) Visit(child);
    }

    /// <summary>A block of its own, of the kind that holds here.</summary>
    private void Separate(Node node)
    {
        Flush();
        VisitChildren(node);
        Flush();
    }

    private void InBlock(Node node, BlockKind inner, int innerLevel)
    {
        Flush();
        var (outerKind, outerLevel) = (kind, level);
        (kind, level) = (inner, innerLevel);
        VisitChildren(node);
        Flush();
        (kind, level) = (outerKind, outerLevel);
    }

    // Before figcaption there were classes, and there still are.
    private static bool IsCaption(Node node) => node.TextLength is > 0 and < 1_000
        && node.Attribute("class") is { } names && names.Contains("caption", StringComparison.OrdinalIgnoreCase);

    private void Inline(Node node, string before, string after)
    {
        inline.Append(before);
        VisitChildren(node);
        inline.Append(after);
    }

    private void WriteSuperscript(Node node)
    {
        // 10 to the 3rd must not read as 103.
        var digits = char.IsAsciiDigit(inline.Last) && node.Children is [{ IsText: true } only] && only.Text.Trim() is [var first, ..] && char.IsAsciiDigit(first);
        if (digits) inline.Append("^");
        VisitChildren(node);
    }

    private void WriteLink(Node node)
    {
        // Two links side by side are two things, even where a style sheet and not a blank keeps them apart.
        var parent = node.Parent?.Children;
        var before = parent is null ? -1 : parent.IndexOf(node) - 1;
        if (before >= 0 && parent![before].Name is "a" or "button" && parent[before].Name == node.Name) inline.AppendBlank();
        if (TargetOf(node) is { } target) inline.BeginLink(target);
        VisitChildren(node);
        inline.EndLink();
    }

    private static string? TargetOf(Node node) => node.Name == "a" ? LinkTarget.Clean(node.Attribute("href")) : null;

    private void WriteHeading(Node node, int headingLevelOfNode)
    {
        Flush();
        var (text, links) = LineOf(node);
        if (text.Length == 0) return;
        // "Note" over a note is the head of no section: what follows the note would seem to belong to it.
        if (node.Parent is { } parent && Hints.IsNote(parent))
        {
            Add(new() { Kind = BlockKind.Paragraph, Text = text, Anchor = anchor, Links = links });
            return;
        }

        if (node.Name != "summary") headingLevel = headingLevelOfNode;
        Add(new() { Kind = BlockKind.Heading, Text = text, Level = headingLevelOfNode, Anchor = anchor, Links = links });
    }

    private void WriteImage(Node node)
    {
        // Within a sentence a description would tear the sentence apart.
        var text = inline.IsEmpty ? ImageText.Of(node) : null;
        if (ImageSource.Of(node) is { } source && imageCount++ < MostImages) images.Add(source);
        if (text is not null) Add(new() { Kind = BlockKind.Caption, Text = text, Anchor = anchor });
        // Behind what it stands behind; a picture within a paragraph, or above all text, waits for that.
        else if (images.Count > 0 && inline.IsEmpty && blocks.Count > 0) blocks[^1] = WithImages(blocks[^1]);
    }

    private Block WithImages(Block block)
    {
        var all = block with { Images = [.. block.Images ?? [], .. images] };
        images.Clear();
        return all;
    }

    private void WriteList(Node node)
    {
        Flush();
        lists.Push(ListContext.Of(node));
        VisitChildren(node);
        Flush();
        lists.Pop();
    }

    private void WriteItem(Node node)
    {
        Flush();
        var (outerKind, outerLevel, outerPrefix) = (kind, level, prefix);
        kind = BlockKind.ListItem;
        level = Math.Max(lists.Count, 1);
        prefix = lists.TryPeek(out var list) ? list.Next(node) : "";
        VisitChildren(node);
        Flush();
        (kind, level, prefix) = (outerKind, outerLevel, outerPrefix);
    }

    private void WriteDefinitions(Node node)
    {
        Flush();
        var (outerKind, outerLevel, outerPrefix) = (kind, level, prefix);
        var term = "";
        foreach (var child in DefinitionParts(node))
        {
            if (child.IsText || dropped(child)) continue;
            if (child.Name == "dt")
            {
                var name = LineOf(child).Text;
                term = term.Length == 0 ? name : name.Length == 0 ? term : $"{term}, {name}";
                continue;
            }

            (kind, level) = (BlockKind.Definition, 0);
            prefix = term.Length == 0 ? "" : term.EndsWith(':') ? $"{term} " : $"{term}: ";
            WriteDefinition(child, ref term);
        }

        AddTerm(term);
        (kind, level, prefix) = (outerKind, outerLevel, outerPrefix);
    }

    private void WriteDefinition(Node definition, ref string term)
    {
        var before = blocks.Count;
        // What a definition holds first may be a list or code: then the term stands alone.
        if (term.Length > 0 && StartsWithStructure(definition))
        {
            AddTerm(term);
            prefix = "";
            kind = BlockKind.Paragraph;
        }

        Visit(definition);
        Flush();
        if (blocks.Count > before || definition.Name == "dd")
        {
            if (blocks.Count == before) AddTerm(term);
            term = "";
        }
    }

    private void AddTerm(string term)
    {
        if (term.Length > 0) Add(new() { Kind = BlockKind.Definition, Text = term, Anchor = anchor });
    }

    private static IEnumerable<Node> DefinitionParts(Node list)
    {
        foreach (var child in list.Children)
        {
            // The standard allows groups of terms and definitions in a div.
            if (child.Name != "div") yield return child;
            else
                foreach (var inner in child.Children) yield return inner;
        }
    }

    private bool StartsWithStructure(Node node)
    {
        foreach (var inner in node.DescendantsAndSelf())
        {
            if (inner.IsText && !string.IsNullOrWhiteSpace(inner.Text)) return false;
            if (inner.Name is "ul" or "ol" or "dl" or "pre" or "table" || ElementKinds.IsHeading(inner.Name)) return !dropped(inner);
        }

        return false;
    }

    private void WriteCode(Node node)
    {
        Flush();
        blockAnchor = anchor;
        var code = new StringBuilder();
        AppendCode(code, node);
        var text = CodeText.Trim(code.ToString());
        if (text.Length > 0) Add(new() { Kind = BlockKind.Code, Text = prefix + text, Anchor = blockAnchor });
        prefix = "";
    }

    private void AppendCode(StringBuilder code, Node node)
    {
        if (node.IsText)
        {
            InlineText.AppendVerbatim(code, node.Text);
            return;
        }

        if (dropped(node) || (ElementKinds.Silent.Contains(node.Name) && node.Name != "textarea")) return;
        if (node.Name == "br") code.Append('\n');
        var block = ElementKinds.Block.Contains(node.Name) && node.Name is not ("td" or "th");
        if (block && code.Length > 0 && code[^1] != '\n') code.Append('\n');
        foreach (var child in node.Children) AppendCode(code, child);
        if (block && node.Name != "pre" && code.Length > 0 && code[^1] != '\n') code.Append('\n');
    }

    private void WriteTable(Node node)
    {
        Flush();
        if (TableShape.Of(node, dropped) is not { IsData: true } shape)
        {
            VisitChildren(node);
            Flush();
            return;
        }

        blockAnchor = anchor;
        foreach (var caption in shape.Captions) Visit(caption);
        Flush();
        var (grid, links) = TableGrid.Read(shape.Rows, LineOf);
        if (grid.Count == 0) return;
        Add(new()
        {
            Kind = BlockKind.Table,
            Text = prefix + TableGrid.ToText(grid),
            Rows = grid,
            HasHeader = shape.HasHeader && grid.Count > 1,
            Anchor = blockAnchor,
            Links = TextLinks.Shift(links, prefix.Length),
        });
        prefix = "";
    }

    /// <summary>All text of a node on one line.</summary>
    private InlineLine LineOf(Node node)
    {
        var text = new InlineText();
        AppendInline(text, node);
        return new(text.Take(out var links).Replace('\n', ' '), links);
    }

    private void AppendInline(InlineText text, Node node)
    {
        if (node.IsText)
        {
            text.Append(node.Text);
            return;
        }

        if (dropped(node) || ElementKinds.Silent.Contains(node.Name)) return;
        NoteAnchor(node);
        if (node.Name == "img" && text.IsEmpty && ImageText.Of(node) is { } alt) text.Append(alt);
        var apart = node.Name == "br" || ElementKinds.Block.Contains(node.Name);
        if (apart) text.AppendBlank();
        if (node.Name == "sup" && char.IsAsciiDigit(text.Last) && node.Children is [{ IsText: true }]) text.Append("^");
        var target = TargetOf(node);
        if (target is not null) text.BeginLink(target);
        foreach (var child in node.Children) AppendInline(text, child);
        if (target is not null) text.EndLink();
        if (apart) text.AppendBlank();
    }

    private void Flush()
    {
        var text = inline.Take(out var links);
        if (text.Length == 0) return;
        Add(new() { Kind = kind, Text = prefix + text, Level = level, Anchor = blockAnchor, Links = TextLinks.Shift(links, prefix.Length) });
        // Only the first block of an item carries its number, only the first of a definition its term.
        if (kind is BlockKind.ListItem or BlockKind.Definition && prefix.Length > 0) prefix = "";
    }

    private void Add(Block block) => blocks.Add(images.Count == 0 ? block : WithImages(block));

    /// <summary>A list that is being written.</summary>
    private sealed class ListContext(bool ordered, int next, string type)
    {
        private int next = next;

        public static ListContext Of(Node node) => new(node.Name == "ol", Number(node.Attribute("start")) ?? 1, node.Attribute("type") ?? "1");

        public string Next(Node item)
        {
            if (!ordered) return "";
            var number = Number(item.Attribute("value")) ?? next;
            next = number + 1;
            return number is >= 1 and <= 26 && type is "a" or "A"
                ? $"{(char)(type[0] + number - 1)}. "
                : string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        }

        private static int? Number(string? text) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is > -1_000_000 and < 1_000_000 ? number : null;
    }
}
