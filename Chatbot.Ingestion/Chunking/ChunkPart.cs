using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Chunking;

/// <summary>A block, or a piece of one, on its way into a chunk.</summary>
/// <param name="Path">The headings above it.</param>
/// <param name="Kind">Null for a heading that has nothing below it.</param>
/// <param name="Place">The block that tells page and anchor.</param>
internal sealed record ChunkPart(IReadOnlyList<string> Path, BlockKind? Kind, string Text, Block Place)
{
    /// <summary>On words of the text; null for none.</summary>
    public IReadOnlyList<TextLink>? Links { get; init; }

    /// <summary>It announces what follows: "The following options are known:".</summary>
    public bool IsLeadIn => Kind is BlockKind.Paragraph or BlockKind.Caption && (Kind == BlockKind.Caption || Text[^1] is ':' or '：');
}
