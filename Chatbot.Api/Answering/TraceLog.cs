using System.Diagnostics;

namespace Chatbot.Api.Answering;

/// <summary>Gathers what the steps of one question did, if anybody wants to know. Not safe for concurrent use.</summary>
internal sealed class TraceLog(bool wanted)
{
    private readonly List<TraceStep> steps = [];
    private long started = Stopwatch.GetTimestamp();

    public bool IsWanted => wanted;

    public IReadOnlyList<TraceStep> Steps => steps;

    /// <summary>Notes a step that ends here; it began where the one before ended.</summary>
    public void Add(string step, params ReadOnlySpan<(string Name, string Value)> details)
    {
        if (!wanted)
            return;
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
            known[name] = value;
        steps.Add(new TraceStep(step, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), known));
        started = Stopwatch.GetTimestamp();
    }
}
