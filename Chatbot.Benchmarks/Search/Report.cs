using Chatbot.Benchmarks.Embed;

namespace Chatbot.Benchmarks.Search;

/// <summary>Lines of a table: what was measured, the figure, its goal or a remark.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<(string What, string Figure, string Remark)> _lines = [];

    /// <summary>Says on standard error how far it is.</summary>
    public static void Progress(string message) => Console.Error.WriteLine(message);

    public void Add(string what, string figure, string remark = "")
    {
        _lines.Add((what, figure, remark));
        Progress($"{what}: {figure} {remark}");
    }

    /// <param name="median">Goal for the median in ms, 0 for none.</param>
    /// <param name="tail">Goal for the 99th percentile in ms, 0 for none.</param>
    public void AddTimes(string what, IReadOnlyCollection<double> milliseconds, double median = 0, double tail = 0)
    {
        var (p50, p99) = (milliseconds.Median(), milliseconds.Quantile(0.99));
        var goals = new List<string>();
        if (median > 0) goals.Add($"p50 < {median} ms: {Verdict(p50 < median)}");
        if (tail > 0) goals.Add($"p99 < {tail} ms: {Verdict(p99 < tail)}");
        Add(what, $"p50 {p50:N2} ms, p99 {p99:N2} ms", string.Join(", ", goals));
    }

    public static string Verdict(bool met) => met ? "met" : "missed";

    public async Task PrintAsync()
    {
        var (what, figure) = (_lines.Max(l => l.What.Length), _lines.Max(l => l.Figure.Length));
        foreach (var line in _lines) await output.WriteLineAsync($"| {line.What.PadRight(what)} | {line.Figure.PadRight(figure)} | {line.Remark} |");
    }
}
