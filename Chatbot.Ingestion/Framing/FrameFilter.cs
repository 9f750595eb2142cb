using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// Takes a site's frame off a page. Text that repeats is no frame by that alone: the pages of a reference all have the same
/// headings, and "None." below some of them. So headings go with all that stands below them or not at all, and blocks go in
/// runs that are long enough: from the top of a page, from its bottom, and, where nearly all pages have them and no heading
/// announces them, in between.
/// </summary>
internal static class FrameFilter
{
    // A run of fewer blocks has at least so many characters.
    private const int ManyBlocks = 3, ManyCharacters = 60;

    /// <param name="language">As the frame was learned: empty when it could not be told.</param>
    public static IReadOnlyList<Block> Apply(IReadOnlyList<Block> blocks, SiteFrame frame, string language)
    {
        if (frame.IsEmptyFor(language)) return blocks;
        var shares = new FrameShare[blocks.Count];
        for (var i = 0; i < blocks.Count; i++) shares[i] = frame.ShareOf(language, BlockHash.Of(blocks[i]));
        if (!Array.Exists(shares, share => share != FrameShare.None)) return blocks;

        var page = new Page(blocks, shares);
        page.DropTop();
        page.DropBottom();
        page.DropBetween();
        return page.Rest();
    }

    private sealed class Page(IReadOnlyList<Block> blocks, FrameShare[] shares)
    {
        private readonly bool[] dropped = new bool[blocks.Count];

        public void DropTop()
        {
            var end = 0;
            while (end < blocks.Count && shares[end] != FrameShare.None) end++;
            // Headings at its end are those of what follows.
            while (end > 0 && IsHeading(end - 1)) end--;
            Drop(0, end);
        }

        public void DropBottom()
        {
            var start = blocks.Count;
            while (start > 0 && shares[start - 1] != FrameShare.None) start--;
            if (start > 0 && IsHeading(start - 1))
            {
                // What stands below a heading of its own is the page's, up to the next heading.
                while (start < blocks.Count && !IsHeading(start)) start++;
            }

            Drop(start, blocks.Count);
        }

        public void DropBetween()
        {
            for (var i = 0; i < blocks.Count; i++)
            {
                if (dropped[i] || IsHeading(i) || shares[i] != FrameShare.NearlyAll) continue;
                var end = i;
                while (end < blocks.Count && !IsHeading(end) && shares[end] == FrameShare.NearlyAll) end++;
                // What a heading announces is the page's own, however many others say the same.
                if (i == 0 || !IsHeading(i - 1)) Drop(i, end);
                i = end - 1;
            }
        }

        /// <summary>A page that is nothing but frame, such as that of the contact which stands in every footer, stays as it is.</summary>
        public IReadOnlyList<Block> Rest()
        {
            if (!Array.Exists(dropped, isDropped => isDropped)) return blocks;
            List<Block> rest = [.. blocks.Where((_, i) => !dropped[i])];
            return rest.Exists(block => block.Kind != BlockKind.Heading) ? rest : blocks;
        }

        private bool IsHeading(int i) => blocks[i].Kind == BlockKind.Heading;

        private void Drop(int start, int end)
        {
            var (count, characters) = (0, 0);
            for (var i = start; i < end; i++)
            {
                if (IsHeading(i)) continue;
                count++;
                characters += blocks[i].Text.Length;
            }

            if (count == 0 || (count < ManyBlocks && characters < ManyCharacters)) return;
            for (var i = start; i < end; i++) dropped[i] = true;
        }
    }
}
