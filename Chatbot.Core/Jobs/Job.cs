namespace Chatbot.Core.Jobs;

/// <summary>A piece of work for some worker, as it travels through a queue.</summary>
/// <param name="Queue">Which workers take it; see <see cref="Queues"/>.</param>
/// <param name="Body">JSON of the message.</param>
public sealed record Job(string Id, string Queue, string Body)
{
    /// <summary>W3C traceparent of what caused it, so that a trace goes on in the worker.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Not before this; null means now.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
