namespace Chatbot.Core.Jobs;

/// <summary>How much a queue holds.</summary>
/// <param name="Waiting">Ready now or later.</param>
/// <param name="Leased">Being worked on.</param>
/// <param name="Dead">Given up after the last attempt.</param>
public sealed record QueueDepth(int Waiting, int Leased, int Dead)
{
    /// <summary>Nothing is waiting and nothing is being worked on.</summary>
    public bool IsIdle => Waiting == 0 && Leased == 0;
}
