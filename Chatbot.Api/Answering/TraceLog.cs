using System.Diagnostics;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering;

/// <summary>Gathers what the steps of one question did, without personal data and secrets. Not safe for concurrent use.</summary>
/// <param name="wanted">The asker wants to see it.</param>
internal sealed class TraceLog(bool wanted)
{
    private readonly List<Noted> all = [];
    private long started = Stopwatch.GetTimestamp();

    public bool IsWanted => wanted;

    /// <summary>What askers may see.</summary>
    public IReadOnlyList<TraceStep> Steps => [.. all.Where(noted => noted.IsForAskers).Select(noted => noted.Step)];

    /// <summary>What editors may see.</summary>
    public IReadOnlyList<TraceStep> All => [.. all.Select(noted => noted.Step)];

    /// <summary>Notes a step that ends here; it began where the one before ended.</summary>
    public void Add(string step, params ReadOnlySpan<(string Name, string Value)> details) => Note(step, details, isForAskers: true);

    /// <summary>The same for what askers must not see, as the prompt.</summary>
    public void AddForEditors(string step, params ReadOnlySpan<(string Name, string Value)> details) => Note(step, details, isForAskers: false);

    private void Note(string step, ReadOnlySpan<(string Name, string Value)> details, bool isForAskers)
    {
        all.Add(new Noted(step, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), details.ToArray(), isForAskers));
        started = Stopwatch.GetTimestamp();
    }

    // Looking for personal data in a prompt takes longer than many a step: it waits until somebody reads, when the visitor has his answer.
    private sealed class Noted(string step, double ms, (string Name, string Value)[] details, bool isForAskers)
    {
        private TraceStep? redacted;

        public bool IsForAskers => isForAskers;

        public TraceStep Step => redacted ??= new TraceStep(step, ms, Redacted());

        private Dictionary<string, string> Redacted()
        {
            var known = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in details)
                known[name] = PersonalData.Redact(value);
            return known;
        }
    }
}
