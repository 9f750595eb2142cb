using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Turns pages into blocks in the order in which they are read.</summary>
internal static class DocumentLayout
{
    public static IReadOnlyList<Block> ToBlocks(IReadOnlyList<PageText> pages, IReadOnlyList<OutlineEntry> outline, CancellationToken cancellationToken)
    {
        var hyphenation = new Hyphenation();
        var lines = new List<List<TextRun>>(pages.Count);
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lines.Add(page.Regions is null ? LineBuilder.Build(page.Runs) : [.. page.Regions.SelectMany(r => r)]);
            foreach (var line in lines[^1]) hyphenation.Learn(line.Text);
        }

        var bodyFirst = BodySize(lines);
        lines = Furniture.Remove(pages, lines, bodyFirst);

        var regions = new List<List<List<Row>>>(pages.Count);
        for (var i = 0; i < pages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            regions.Add([.. Regions(pages[i], lines[i]).Select(Row.Of)]);
        }

        var scale = TypeScale.Of(regions.SelectMany(r => r));
        var assembler = new Assembler(scale, hyphenation);
        for (var i = 0; i < pages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            assembler.AddPage(pages[i], [.. regions[i].Select(rows => new ParagraphBuilder(pages[i], rows, scale, hyphenation).Build())]);
        }

        return new Headings(scale, outline).ToBlocks(assembler.Finish());
    }

    private static IEnumerable<IReadOnlyList<TextRun>> Regions(PageText page, List<TextRun> lines)
    {
        if (page.Regions is null) return ReadingOrder.Find(lines).Select(r => r.Lines);
        var left = lines.ToHashSet();
        return page.Regions.Select(region => region.Where(left.Contains).ToList()).Where(region => region.Count > 0);
    }

    private static double BodySize(IEnumerable<List<TextRun>> lines)
    {
        var sizes = new Dictionary<double, long>();
        foreach (var line in lines.SelectMany(l => l))
        {
            var size = Math.Round(line.Size * 3) / 3;
            sizes[size] = sizes.GetValueOrDefault(size) + line.Text.Length;
        }

        return sizes.Count == 0 ? 10 : sizes.MaxBy(s => s.Value).Key;
    }
}
