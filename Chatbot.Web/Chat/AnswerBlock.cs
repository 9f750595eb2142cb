namespace Chatbot.Web.Chat;

/// <summary>A piece of an answer as it is laid out.</summary>
internal abstract record AnswerBlock
{
    private AnswerBlock()
    {
    }

    public sealed record Paragraph(IReadOnlyList<string> Lines) : AnswerBlock;

    public sealed record Items(bool Numbered, IReadOnlyList<string> Lines) : AnswerBlock;

    public sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows) : AnswerBlock;
}
