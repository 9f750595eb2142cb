using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>
/// Finds in blocks the words that links were on in a file, where on the way lines became paragraphs, or cells a table. What is
/// not found again as it was has no link: better none than one on other words.
/// </summary>
internal static class LinkPlaces
{
    // Of a line that was divided or changed, so much before a link or behind it tells which words were meant.
    private const int Context = 16;

    // Words alone tell nothing ("here"); an address or a whole title does.
    private const int Telling = 12;

    // Each costs a look at all blocks; a file in which so many are not found again was made to take time.
    private const int MostMissed = 500;

    /// <param name="texts">In the order of the blocks, as far as that is known. Those without a link help to tell which of several places with the same words is meant.</param>
    public static IReadOnlyList<Block> Put(IReadOnlyList<Block> blocks, IReadOnlyList<LinkedText> texts)
    {
        if (blocks.Count == 0 || texts.All(text => text.Links.Count == 0)) return blocks;
        var found = new List<TextLink>?[blocks.Count];
        var (at, from, missed) = (0, 0, 0);
        foreach (var text in texts)
        {
            var tidy = text.Tidy();
            if (tidy.Links.Count == 0)
            {
                var next = blocks[at].Text.IndexOf(tidy.Text, Math.Min(from, blocks[at].Text.Length), StringComparison.Ordinal);
                if (next >= 0) from = next + tidy.Text.Length;
                continue;
            }

            if (Find(blocks, tidy.Text, at, from) is var (block, place))
            {
                foreach (var link in tidy.Links) (found[block] ??= []).Add(link with { Start = place + link.Start });
                (at, from) = (block, place + tidy.Text.Length);
                continue;
            }

            if (++missed > MostMissed) break;
            foreach (var link in tidy.Links)
            {
                if (FindWords(blocks, tidy.Text, link, at, from) is not var (inBlock, start)) continue;
                (found[inBlock] ??= []).Add(link with { Start = start });
                (at, from) = (inBlock, start + link.Length);
            }
        }

        return Array.Exists(found, links => links is not null) ? [.. blocks.Select((block, i) => found[i] is { } links ? With(block, links) : block)] : blocks;
    }

    private static Block With(Block block, List<TextLink> links)
    {
        var distinct = new List<TextLink>();
        foreach (var link in links.Concat(block.Links ?? []).OrderBy(link => link.Start))
            if (distinct.Count == 0 || link.Start >= distinct[^1].Start + distinct[^1].Length) distinct.Add(link);
        return block with { Links = distinct };
    }

    private static (int Block, int Place)? FindWords(IReadOnlyList<Block> blocks, string text, TextLink link, int at, int from)
    {
        var words = text.Substring(link.Start, link.Length);
        var (start, end) = (Math.Max(link.Start - Context, 0), Math.Min(link.Start + link.Length + Context, text.Length));
        if (start < link.Start && Find(blocks, text[start..(link.Start + link.Length)], at, from) is var (before, place)) return (before, place + link.Start - start);
        if (end > link.Start + link.Length && Find(blocks, text[link.Start..end], at, from) is { } behind) return behind;
        return words.Length >= Telling || (link.Start == 0 && words.Length == text.Length) ? Find(blocks, words, at, from) : null;
    }

    // Onwards first: the same words may stand there twice.
    private static (int Block, int Place)? Find(IReadOnlyList<Block> blocks, string text, int at, int from)
    {
        for (var i = at; i < blocks.Count; i++)
            if (blocks[i].Text.IndexOf(text, i == at ? Math.Min(from, blocks[i].Text.Length) : 0, StringComparison.Ordinal) is var place and >= 0) return (i, place);
        for (var i = 0; i <= at; i++)
            if (blocks[i].Text.IndexOf(text, StringComparison.Ordinal) is var place and >= 0) return (i, place);
        return null;
    }
}
