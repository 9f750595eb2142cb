namespace Chatbot.Crawler.Runs;

/// <summary>How a batch changes a run's counters. Each URL is in exactly one state, so every change takes from one and gives to another.</summary>
internal sealed class CounterChanges
{
    private readonly Dictionary<string, int> _states = [];

    /// <summary>URLs let in by the page limit.</summary>
    public int Admitted { get; set; }

    /// <summary>URLs that were answered.</summary>
    public int Fetched { get; set; }

    /// <summary>Of the bodies they were answered with.</summary>
    public long Bytes { get; set; }

    public int this[string state] => _states.GetValueOrDefault(state);

    public void Add(string state, int count = 1) => _states[state] = this[state] + count;

    public void Move(string from, string to, int count = 1)
    {
        Add(from is "leased" ? "queued" : from, -count);
        Add(to, count);
    }
}
