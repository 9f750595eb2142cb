using System.Diagnostics;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Search;

/// <summary>An index that is built anew takes the other's place, while another writer writes and searches come.</summary>
internal static class RebuildLoad
{
    public static async Task MeasureAsync(
        SearchData data, SyntheticCorpus corpus, List<(string Words, float[] Vector)> questions, Report report, CancellationToken cancellationToken)
    {
        using var index = data.Open();
        await HybridSearch.AskAsync(index, questions.Take(100), cancellationToken);
        var builds = await data.OpenBuildsAsync(index, cancellationToken);
        var at = Stopwatch.GetTimestamp();
        var chunker = $"benchmark {at}";
        await builds.MarkAsync(SearchData.KnowledgeBase, chunker, cancellationToken);
        await builds.BeginAsync(SearchData.KnowledgeBase, chunker, restart: true, cancellationToken);
        for (var number = 0; number < corpus.Documents; number++)
        {
            var chunks = corpus.MakeDocument(number, 1);
            await builds.StageAsync(SearchData.KnowledgeBase, chunker, new StagedDocument(chunks[0].DocumentId, data.VersionOf(number), null, null, null, chunks), cancellationToken);
        }

        report.Add("an index built anew: staged", $"{Stopwatch.GetElapsedTime(at).TotalSeconds:N1} s", "");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writer = Task.Run(() => RepeatAsync(() => data.WriteAsync(cancellationToken), enough.Token), cancellationToken);
        var next = 0;
        var searcher = Task.Run(() => RepeatAsync(() => HybridSearch.AskAsync(index, [questions[next++ % questions.Count]], cancellationToken), enough.Token), cancellationToken);
        at = Stopwatch.GetTimestamp();
        var count = await builds.SwitchAsync(SearchData.KnowledgeBase, (await builds.GetAsync(SearchData.KnowledgeBase, cancellationToken)).Number, cancellationToken);
        report.Add("  written, switched, swept", $"{Stopwatch.GetElapsedTime(at).TotalSeconds:N1} s", $"{count:N0} documents");
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        await enough.CancelAsync();
        report.Add("  longest of another writer", Longest(await writer), "");
        report.Add("  longest searches", Longest(await searcher), "");
    }

    private static string Longest(List<double> times) => $"{string.Join(", ", times.OrderDescending().Take(5).Select(time => $"{time:N0}"))} ms of {times.Count:N0}";

    private static async Task<List<double>> RepeatAsync(Func<Task> action, CancellationToken enough)
    {
        var times = new List<double>();
        while (!enough.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await action();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(10, CancellationToken.None);
        }

        return times;
    }
}
