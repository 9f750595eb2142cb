namespace Chatbot.Core.Extractions;

public enum BlockKind
{
    Paragraph,
    Heading,
    ListItem,

    /// <summary>A term with what it means: <c>term: definition</c>.</summary>
    Definition,
    Table,
    Code,
    Caption,
    Quote,

    /// <summary>A question with its answer, as FAQ pages declare them.</summary>
    Faq,

    /// <summary>A note at the foot of a page, with its mark.</summary>
    Footnote,
}
