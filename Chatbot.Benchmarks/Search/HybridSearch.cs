using System.Diagnostics;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Search;

/// <summary>Hybrid searches with a ready question vector: opening, one client, one client a core, memory.</summary>
internal static class HybridSearch
{
    private const int Large = 500_000;

    public static async Task MeasureAsync(
        SearchData data, SyntheticCorpus corpus, List<(string Words, float[] Vector)> questions, Report report, CancellationToken cancellationToken)
    {
        var before = ResidentMegabytes();
        var started = Stopwatch.GetTimestamp();
        using var index = data.Open();
        var state = await index.GetStateAsync(SearchData.KnowledgeBase, cancellationToken);
        var opened = Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.Add("chunks, with vector", $"{state.Chunks:N0}, {state.WithVector:N0}", "");
        report.Add("open", $"{opened:N2} s", corpus.Chunks >= Large ? "" : $"< 1 s: {Report.Verdict(opened < 1)}");

        await AskAsync(index, questions.Take(Math.Max(50, questions.Count / 4)), cancellationToken);
        var (median, tail) = corpus.Chunks >= Large ? (50, 0) : (5, 15);
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        report.AddTimes("hybrid, one client", await AskAsync(index, questions, cancellationToken), median, tail);
        // Tells a slow index from a busy machine.
        report.Add("  processor time, memory allocated", $"{(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / questions.Count:N2} ms, "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / questions.Count:N0} KB a search");
        var clients = Environment.ProcessorCount;
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            () => AskAsync(index, questions.Where((_, i) => i % clients == client), cancellationToken), cancellationToken)));
        report.AddTimes($"hybrid, {clients} clients", [.. times.SelectMany(t => t)]);
        var alone = Environment.CpuUsage.TotalTime;
        report.AddTimes("words alone, one client", await AskAsync(index, questions.Select(q => (q.Words, Array.Empty<float>())), cancellationToken));
        var between = Environment.CpuUsage.TotalTime;
        report.AddTimes("vectors alone, one client", await AskAsync(index, questions.Select(q => ("", q.Vector)), cancellationToken));
        report.Add("  processor time of words, of vectors", $"{(between - alone).TotalMilliseconds / questions.Count:N2} ms, "
            + $"{(Environment.CpuUsage.TotalTime - between).TotalMilliseconds / questions.Count:N2} ms a search");
        var resident = ResidentMegabytes();
        report.Add("resident memory of the process", $"{resident:N0} MB, {before:N0} MB before opening",
            corpus.Chunks >= Large ? $"< 1,500 MB: {Report.Verdict(resident < 1_500)}" : "");
    }

    /// <returns>Milliseconds of each search.</returns>
    public static async Task<List<double>> AskAsync(
        EmbeddedChunkIndex index, IEnumerable<(string Words, float[] Vector)> questions, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        foreach (var (words, vector) in questions)
        {
            var started = Stopwatch.GetTimestamp();
            await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = SearchData.KnowledgeBase, Question = words, Vector = vector }, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static double ResidentMegabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet / 1048576.0;
    }
}
