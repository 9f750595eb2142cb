namespace Chatbot.Api.Answering.Generating;

/// <summary>What the models do: any number of <see cref="Text"/>s of one of them, then one of the others.</summary>
internal abstract record ModelEvent
{
    private ModelEvent()
    {
    }

    public sealed record Text(string Piece) : ModelEvent;

    /// <summary>It came to its end.</summary>
    public sealed record Ended(TokenUsage? Usage, string Model) : ModelEvent;

    /// <summary>None answered, or the one that did fell silent or broke off; the log says how.</summary>
    /// <param name="Model">The one that broke off; null when none had begun.</param>
    public sealed record Failed(string? Model) : ModelEvent;
}
