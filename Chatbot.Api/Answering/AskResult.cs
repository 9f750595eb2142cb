namespace Chatbot.Api.Answering;

/// <summary>How asking ended.</summary>
public abstract record AskResult
{
    private AskResult()
    {
    }

    /// <summary>There is an answer, be it a refusal.</summary>
    public sealed record Answered(AskReply Reply) : AskResult;

    /// <summary>There is none.</summary>
    public sealed record Rejected(AskProblem Problem) : AskResult;
}
