using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Takes out what a reader would see twice.</summary>
internal static class ContentEdit
{
    public static IReadOnlyList<Block> Apply(IReadOnlyList<Block> blocks, string? title)
    {
        var kept = new List<Block>(blocks.Count);
        var captions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var titleSeen = title is null;
        IReadOnlyList<string>? images = null;
        foreach (var block in blocks)
        {
            // The title is a field of its own.
            if (!titleSeen && block.Kind == BlockKind.Heading && PageTitle.Same(block.Text, title!))
            {
                titleSeen = true;
                // What stands below the title stays on the page.
                images = block.Images;
                continue;
            }

            // Galleries repeat the caption with each size of the picture; pictures repeat the title.
            if (block.Kind == BlockKind.Caption && (!captions.Add(Start(block.Text)) || (title is not null && PageTitle.Same(block.Text, title)))) continue;
            kept.Add(images is null ? block : block with { Images = [.. images, .. block.Images ?? []] });
            images = null;
        }

        return kept;
    }

    // The repetition may lack the photographer.
    private static string Start(string caption) => caption.Length > 80 ? caption[..80] : caption;
}
