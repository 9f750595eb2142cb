namespace Chatbot.Api.Answering.Generating;

/// <summary>What a model does: any number of <see cref="Text"/>s, then one of the others.</summary>
internal abstract record ModelEvent
{
    private ModelEvent()
    {
    }

    public sealed record Text(string Piece) : ModelEvent;

    /// <summary>It came to its end.</summary>
    public sealed record Ended(TokenUsage? Usage) : ModelEvent;

    /// <summary>It failed, fell silent or broke off; the log says how.</summary>
    public sealed record Failed : ModelEvent;
}
