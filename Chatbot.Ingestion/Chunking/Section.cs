using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Chunking;

/// <summary>A heading with the blocks up to the next one, of whatever level.</summary>
/// <param name="Path">The headings above, outermost first, its own last; empty for what comes before the first heading.</param>
internal sealed record Section(IReadOnlyList<string> Path, Block? Heading, IReadOnlyList<Block> Blocks)
{
    // A longer "heading" is a paragraph in a heading's clothes.
    private const int LongestHeading = 250;

    public static List<Section> Split(Extraction extraction)
    {
        var sections = new List<Section>();
        var above = new Stack<Block>();
        Block? heading = null;
        var blocks = new List<Block>();
        foreach (var block in extraction.Blocks)
        {
            if (string.IsNullOrWhiteSpace(block.Text)) continue;
            if (block.Kind != BlockKind.Heading || block.Text.Length > LongestHeading)
            {
                blocks.Add(block);
                continue;
            }

            Close();
            while (above.TryPeek(out var last) && last.Level >= block.Level) above.Pop();
            above.Push(block);
            heading = block;
        }

        Close();
        return sections;

        void Close()
        {
            if (heading is not null || blocks.Count > 0) sections.Add(new([.. above.Reverse().Select(h => h.Text)], heading, blocks));
            blocks = [];
        }
    }

    /// <summary>Whether this has nothing of its own to say above <paramref name="next"/>, which stands below it.</summary>
    public bool IsOnlyAbove(Section next) =>
        Blocks.Count == 0 && next.Path.Count > Path.Count && next.Path.Take(Path.Count).SequenceEqual(Path);
}
