using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Reads a list with the lists in it.</summary>
/// <param name="textOf">Reads a paragraph.</param>
/// <param name="addInner">Reads what else stands in an item.</param>
internal sealed class OpenTextList(OpenTextStyles styles, Func<XElement, OpenTextText> textOf, Action<XElement, List<Block>> addInner)
{
    public void Add(XElement list, List<Block> blocks) => Add(list, list.Attr("style-name"), 1, blocks);

    private void Add(XElement list, string? style, int level, List<Block> blocks)
    {
        var numbers = styles.Numbers(style, level);
        var count = (numbers.Number("start-value") ?? 1) - 1;
        foreach (var item in list.Elements().Where(child => child.Name.LocalName is "list-item" or "list-header"))
        {
            var label = "";
            if (item.Is("list-item"))
            {
                count = item.Number("start-value") ?? count + 1;
                if (numbers is not null) label = $"{numbers.Attr("num-prefix")}{ListNumbers.Write(count, numbers.Attr("num-format"))}{numbers.Attr("num-suffix")} ";
            }

            foreach (var part in item.Elements())
            {
                if (part.Is("list"))
                {
                    Add(part, part.Attr("style-name") ?? style, level + 1, blocks);
                    continue;
                }

                if (part.Name.LocalName is not ("p" or "h"))
                {
                    continue;
                }

                var text = textOf(part);
                if (text.Value.Length > 0)
                {
                    var line = label + text.Value.ReplaceLineEndings(" ");
                    // Numbered headings are lists to some programs.
                    blocks.Add(part.Is("h")
                        ? new() { Kind = BlockKind.Heading, Level = Math.Clamp(part.Number("outline-level") ?? 1, 1, 6), Text = line }
                        : new() { Kind = BlockKind.ListItem, Level = level, Text = line, Links = TextLinks.Shift(text.Links, label.Length) });
                    label = "";
                }

                foreach (var box in text.Boxes) addInner(box, blocks);
            }
        }
    }
}
