using Chatbot.Backends.Sites;
using Chatbot.Core.Blobs;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Ocr;

namespace Chatbot.Ingestion.Indexing;

/// <summary>Puts what the pictures of a page say behind what they stand behind. Safe for concurrent use.</summary>
internal sealed class PageImageText(SiteImageStore images, IBlobStore blobs, ImageReader reader)
{
    public async Task<Extraction> AddAsync(Document document, Extraction extraction, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        if (!extraction.Blocks.Any(block => block.Images is not null)) return extraction;
        var blocks = new List<Block>(extraction.Blocks.Count);
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in extraction.Blocks)
        {
            blocks.Add(block);
            foreach (var url in block.Images ?? [])
            {
                var text = await ReadAsync(document.SiteId!, url, languages, cancellationToken);
                if (text.Length == 0 || !said.Add(text)) continue;
                Put(blocks, block, text);
            }
        }

        return extraction with { Blocks = blocks };
    }

    // Many describe a picture by the words on it: these stand once.
    private static void Put(List<Block> blocks, Block block, string text)
    {
        var (shown, described) = (Letters(text), Letters(block.Text));
        if (block.Kind == BlockKind.Caption && described.Contains(shown, StringComparison.OrdinalIgnoreCase)) return;
        var caption = new Block { Kind = BlockKind.Caption, Text = text, Page = block.Page, Anchor = block.Anchor };
        if (block.Kind == BlockKind.Caption && ReferenceEquals(blocks[^1], block) && shown.Contains(described, StringComparison.OrdinalIgnoreCase)) blocks[^1] = caption;
        else blocks.Add(caption);
    }

    private async Task<string> ReadAsync(string siteId, string url, IReadOnlyList<string> languages, CancellationToken cancellationToken) =>
        (await images.FindAsync(siteId, url, cancellationToken))?.BlobHash is { } hash
            ? await reader.ReadAsync(hash, languages, () => blobs.GetAsync(hash, cancellationToken), cancellationToken)
            : "";

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
