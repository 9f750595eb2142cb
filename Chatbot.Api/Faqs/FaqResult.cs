using Chatbot.Core.Faqs;

namespace Chatbot.Api.Faqs;

/// <summary>What saving an entry came to.</summary>
internal abstract record FaqResult
{
    private FaqResult()
    {
    }

    public sealed record Saved(FaqEntry Entry, FaqOutcome Outcome) : FaqResult;

    /// <summary>Another entry of the knowledge base has the question.</summary>
    public sealed record Taken : FaqResult;
}

/// <summary>How an entry changed.</summary>
public enum FaqOutcome
{
    Created,
    Changed,
    Unchanged,
    Rejected,
}
