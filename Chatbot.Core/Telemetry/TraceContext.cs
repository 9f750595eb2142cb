using System.Diagnostics;

namespace Chatbot.Core.Telemetry;

/// <summary>
/// Carries a trace over a border that knows nothing of traces, such as a queue: the sender stores
/// <see cref="Current"/> beside the message, the receiver continues it with <see cref="Start"/>.
/// Safe for concurrent use.
/// </summary>
public static class TraceContext
{
    /// <summary>The running activity as a W3C <c>traceparent</c> (55 ASCII characters), or null when there is none.</summary>
    public static string? Current() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Starts an activity as the continuation of a stored trace. The caller disposes it.</summary>
    /// <param name="traceparent">
    /// What <see cref="Current"/> returned. Null or malformed text starts a new trace (or a child of the running
    /// activity): a message must not be lost for the sake of its trace.
    /// </param>
    /// <returns>Null when nobody listens to the source, as with <see cref="ActivitySource.StartActivity(string, ActivityKind)"/>.</returns>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, string? traceparent)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out var parent)
            ? source.StartActivity(name, kind, parent)
            : source.StartActivity(name, kind);
    }
}
