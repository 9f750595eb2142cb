using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>The text of pages as blocks: without the lines that stand on every page, words joined again that a line end cut.</summary>
internal static partial class PdfPages
{
    // A header or footer stands on most pages; on two pages a repeated line may as well be text.
    private const int FewestPagesForFurniture = 3;

    public static IReadOnlyList<Block> ToBlocks(IReadOnlyList<string> pages)
    {
        var furniture = Furniture(pages);
        var blocks = new List<Block>();
        for (var page = 0; page < pages.Count; page++)
        {
            var lines = pages[page].Split('\n').Where(line => !furniture.Contains(Shape(line)));
            foreach (var paragraph in Paragraphs(lines)) blocks.Add(new Block { Kind = BlockKind.Paragraph, Text = paragraph, Page = page + 1 });
        }

        return blocks;
    }

    private static IEnumerable<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraph = new List<string>();
        foreach (var line in lines.Append(""))
        {
            if (line.Trim() is { Length: > 0 } text)
            {
                paragraph.Add(text);
                continue;
            }

            if (paragraph.Count > 0) yield return Join(paragraph);
            paragraph.Clear();
        }
    }

    // Lines stay lines where they are rows or items; in running text they are joined.
    private static string Join(List<string> lines)
    {
        var average = lines.Average(l => l.Length);
        var running = lines.Count > 1 && average > 45;
        return running ? Hyphenated().Replace(string.Join('\n', lines), "$1$2").Replace('\n', ' ') : string.Join('\n', lines);
    }

    private static HashSet<string> Furniture(IReadOnlyList<string> pages)
    {
        if (pages.Count < FewestPagesForFurniture) return [];
        return pages
            .SelectMany(page => Edges(page).Select(Shape).Distinct())
            .GroupBy(shape => shape)
            .Where(group => group.Count() >= Math.Max(FewestPagesForFurniture, pages.Count * 0.6))
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Edges(string page)
    {
        var lines = page.Split('\n').Where(l => l.Trim().Length > 0).ToList();
        return lines.Count <= 6 ? lines : lines.Take(3).Concat(lines.TakeLast(3));
    }

    // "Page 3 of 9" and "Page 4 of 9" are one line.
    private static string Shape(string line) => Digits().Replace(line.Trim(), "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"(\p{Ll})-\n(\p{Ll})")]
    private static partial Regex Hyphenated();
}
