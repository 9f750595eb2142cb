using System.Diagnostics;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering;

/// <summary>Gathers what the steps of one question did, without personal data and secrets. Not safe for concurrent use.</summary>
/// <param name="wanted">The asker wants to see it.</param>
internal sealed class TraceLog(bool wanted)
{
    private readonly List<TraceStep> all = [];
    private readonly List<TraceStep> forAskers = [];
    private long started = Stopwatch.GetTimestamp();

    public bool IsWanted => wanted;

    /// <summary>What askers may see.</summary>
    public IReadOnlyList<TraceStep> Steps => forAskers;

    /// <summary>What editors may see.</summary>
    public IReadOnlyList<TraceStep> All => all;

    /// <summary>Notes a step that ends here; it began where the one before ended.</summary>
    public void Add(string step, params ReadOnlySpan<(string Name, string Value)> details) => forAskers.Add(Note(step, details));

    /// <summary>The same for what askers must not see, as the prompt.</summary>
    public void AddForEditors(string step, params ReadOnlySpan<(string Name, string Value)> details) => Note(step, details);

    private TraceStep Note(string step, ReadOnlySpan<(string Name, string Value)> details)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
            known[name] = PersonalData.Redact(value);
        var noted = new TraceStep(step, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), known);
        all.Add(noted);
        started = Stopwatch.GetTimestamp();
        return noted;
    }
}
