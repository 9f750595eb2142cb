namespace Chatbot.Api.Answering;

/// <summary>How an answer grows: any number of <see cref="Text"/>s, then its <see cref="End"/>.</summary>
internal abstract record AnswerPart
{
    private AnswerPart()
    {
    }

    public sealed record Text(string Piece) : AnswerPart;

    public sealed record End(Answer Answer) : AnswerPart;
}
