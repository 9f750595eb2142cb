using System.Collections.Concurrent;
using System.Diagnostics;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Search;

/// <summary>
/// Searches while documents are replaced, deleted and put back. Each version carries a word of its own: whatever a search
/// returns must not be older than what was committed when the search began, and what was committed must be found.
/// </summary>
internal sealed class ReplaceLoad
{
    private const int TailGoal = 20, DeleteEvery = 10, CheckEvery = 5;

    private readonly EmbeddedChunkIndex _index;
    private readonly SearchData _data;
    private readonly SyntheticCorpus _corpus;

    // What was committed of each document that was touched, in order: as the how-manieth change of all, and the version, none when it was deleted.
    private readonly ConcurrentDictionary<string, (long Number, long? Version)[]> _committed = new();
    private long _changes;
    private readonly List<double> _replacing = [];
    private TimeSpan _replacingTime;
    private int _errors;

    private ReplaceLoad(EmbeddedChunkIndex index, SearchData data, SyntheticCorpus corpus) => (_index, _data, _corpus) = (index, data, corpus);

    public static async Task MeasureAsync(
        SearchData data, SyntheticCorpus corpus, List<(string Words, float[] Vector)> questions, int rate, TimeSpan duration, Report report, CancellationToken cancellationToken)
    {
        using var index = data.Open();
        var load = new ReplaceLoad(index, data, corpus);
        await HybridSearch.AskAsync(index, questions.Take(100), cancellationToken);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(duration);
        var (collections, paused) = (Collections(), GC.GetTotalPauseDuration());
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var writer = Task.Run(() => load.ReplaceAsync(rate, enough.Token), cancellationToken);
        var saver = Task.Run(() => load.SaveAsync(enough.Token), cancellationToken);
        var times = await Task.Run(() => load.SearchAsync(questions, enough.Token), cancellationToken);
        await Task.WhenAll(writer, saver);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.AddTimes($"hybrid while {load._replacing.Count / load._replacingTime.TotalSeconds:N0} documents a second are replaced", times, tail: TailGoal);
        report.AddTimes("  replacing one of them, vectors too", load._replacing);
        report.Add("  processors used by writing, saving and searching", $"{(Environment.CpuUsage.TotalTime - processor).TotalSeconds / seconds:N2}");
        report.Add("  pauses of the collector", $"{(GC.GetTotalPauseDuration() - paused).TotalMilliseconds / seconds:N1} ms a second; {string.Join(", ", Collections().Zip(collections, (now, then) => now - then))} collections of the youngest, of two, of all generations");
        report.Add("  searches, wrong results", $"{times.Count:N0}, {load._errors:N0}", $"0 wrong: {Report.Verdict(load._errors == 0)}");
    }

    // Each counts those of the older generations, too.
    private static int[] Collections() => [.. Enumerable.Range(0, 3).Select(generation => GC.CollectionCount(generation) - (generation < 2 ? GC.CollectionCount(generation + 1) : 0))];

    private async Task ReplaceAsync(int rate, CancellationToken enough)
    {
        var random = new FastRandom((ulong)Stopwatch.GetTimestamp());
        var version = DateTimeOffset.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).Ticks;
        var started = Stopwatch.GetTimestamp();
        var deleted = new List<int>();
        for (var count = 1; !enough.IsCancellationRequested; count++)
        {
            var ahead = TimeSpan.FromSeconds((double)count / rate) - Stopwatch.GetElapsedTime(started);
            // Timers tick in milliseconds: a few documents at a time are as good.
            if (ahead > TimeSpan.FromMilliseconds(15)) await Task.Delay(ahead, CancellationToken.None);
            var at = Stopwatch.GetTimestamp();
            var document = random.Next(_corpus.Documents);
            if (count % DeleteEvery == 0) await DeleteAsync(document, deleted);
            else await PutAsync(document, ++version);
            _replacing.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            if (count % CheckEvery == 0) await CheckFoundAsync(document, version, isThere: count % DeleteEvery != 0);
        }

        _replacingTime = Stopwatch.GetElapsedTime(started);
        // The corpus stays complete for the next run.
        foreach (var document in deleted) await PutAsync(document, ++version);
    }

    private async Task PutAsync(int document, long version)
    {
        var chunks = _corpus.MakeDocument(document, version, Marker(version));
        await _index.ReplaceAsync(SearchData.KnowledgeBase, chunks[0].DocumentId, version, chunks, CancellationToken.None);
        Commit(chunks[0].DocumentId, version);
        await _index.SetVectorsAsync(_data.VectorsOf(document, chunks), CancellationToken.None);
    }

    private async Task DeleteAsync(int document, List<int> deleted)
    {
        await _index.DeleteAsync(SearchData.KnowledgeBase, SyntheticCorpus.IdOf(document), CancellationToken.None);
        Commit(SyntheticCorpus.IdOf(document), null);
        deleted.Add(document);
    }

    private async Task CheckFoundAsync(int document, long version, bool isThere)
    {
        var vector = new float[SyntheticCorpus.Dimensions];
        _corpus.MakeVector(document, 0, vector);
        var id = SyntheticCorpus.IdOf(document);
        var found = await _index.SearchAsync(
            new ChunkQuery { KnowledgeBaseId = SearchData.KnowledgeBase, Question = Marker(version), Vector = vector, Limit = 20 }, CancellationToken.None);
        var ours = found.Candidates.Where(c => c.Chunk.DocumentId == id).ToList();
        var right = isThere
            ? ours.Count(c => c.Chunk.Version == version && c.WordScore > 0) == SyntheticCorpus.ChunksPerDocument && ours.Any(c => c.Cosine > 0.999)
            : ours.Count == 0;
        if (!right) Interlocked.Increment(ref _errors);
    }

    private async Task<List<double>> SearchAsync(List<(string Words, float[] Vector)> questions, CancellationToken enough)
    {
        var times = new List<double>();
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var (words, vector) = questions[i % questions.Count];
            var before = Volatile.Read(ref _changes);
            var started = Stopwatch.GetTimestamp();
            var found = await _index.SearchAsync(new ChunkQuery { KnowledgeBaseId = SearchData.KnowledgeBase, Question = words, Vector = vector }, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            foreach (var chunk in found.Candidates.Select(c => c.Chunk))
            {
                if (IsOlder(chunk, before)) Interlocked.Increment(ref _errors);
            }

            // A visitor reads before asking again; without a pause this would measure a full machine only.
            await Task.Delay(10, CancellationToken.None);
        }

        return times;
    }

    private void Commit(string document, long? version)
    {
        var change = (_changes + 1, version);
        _committed.AddOrUpdate(document, [change], (_, earlier) => [.. earlier, change]);
        // Whoever sees the number sees the change.
        Volatile.Write(ref _changes, change.Item1);
    }

    private bool IsOlder(Chunk chunk, long before)
    {
        if (!_committed.TryGetValue(chunk.DocumentId, out var changes)) return false;
        var known = changes.LastOrDefault(c => c.Number <= before);
        if (known.Number == 0) return false;
        // A deleted one may have been put back since the search began.
        return known.Version is { } version ? chunk.Version < version : changes[^1].Version is null;
    }

    private async Task SaveAsync(CancellationToken enough)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(enough)) await _index.SaveAsync(everything: false, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // That is its end.
        }
    }

    private static string Marker(long version) => $"mark{version}";
}
