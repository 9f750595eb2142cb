namespace Chatbot.Web.Chat;

/// <summary>A piece of an answer as it is laid out.</summary>
internal abstract record AnswerBlock
{
    private AnswerBlock()
    {
    }

    public sealed record Paragraph(IReadOnlyList<string> Lines) : AnswerBlock;

    public sealed record Heading(string Line) : AnswerBlock;

    /// <param name="Text">As it was written, blanks and all.</param>
    public sealed record Code(string Text) : AnswerBlock;

    public sealed record Items(bool Numbered, IReadOnlyList<string> Lines) : AnswerBlock;

    public sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows) : AnswerBlock;
}
