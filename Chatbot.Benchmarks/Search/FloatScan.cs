using System.Diagnostics;
using System.Numerics.Tensors;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Search;

/// <summary>The yardstick of the vectors: every one as floats, multiplied out. What it finds is right, and its time is a peer's.</summary>
internal static class FloatScan
{
    private const int Best = 10, QuestionsForRecall = 100, RowsPerPart = 5_000;
    private const double RecallGoal = 0.99;

    public static async Task MeasureAsync(
        SearchData data, SyntheticCorpus corpus, List<(string Words, float[] Vector)> questions, bool recallOnly, Report report, CancellationToken cancellationToken)
    {
        var parts = new float[(corpus.Chunks + RowsPerPart - 1) / RowsPerPart][];
        Parallel.For(0, parts.Length, part =>
        {
            var rows = Math.Min(RowsPerPart, corpus.Chunks - (part * RowsPerPart));
            parts[part] = new float[rows * SyntheticCorpus.Dimensions];
            for (var row = 0; row < rows; row++)
            {
                var (document, ordinal) = Math.DivRem((part * RowsPerPart) + row, SyntheticCorpus.ChunksPerDocument);
                corpus.MakeVector(document, ordinal, parts[part].AsSpan(row * SyntheticCorpus.Dimensions, SyntheticCorpus.Dimensions));
            }
        });

        using var index = data.Open();
        double found = 0;
        var times = new List<double>();
        var asked = questions.Take(QuestionsForRecall).ToList();
        foreach (var (_, vector) in asked)
        {
            var started = Stopwatch.GetTimestamp();
            var right = Search(parts, vector);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

            var result = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = SearchData.KnowledgeBase, Question = "", Vector = vector }, cancellationToken);
            var ours = result.Candidates.OrderByDescending(c => c.Cosine).Take(Best).Select(c => (c.Chunk.DocumentId, c.Chunk.Ordinal)).ToHashSet();
            found += right.Count(number => ours.Contains((SyntheticCorpus.IdOf(number / SyntheticCorpus.ChunksPerDocument), number % SyntheticCorpus.ChunksPerDocument)));
        }

        var recall = found / (Best * asked.Count);
        report.Add($"recall@{Best} of the vectors", $"{recall:N4}", $">= {RecallGoal}: {Report.Verdict(recall >= RecallGoal)}");
        if (!recallOnly) report.AddTimes("peer: scan of floats, all cores, no texts", times);
    }

    /// <returns>Numbers of the nearest chunks.</returns>
    private static List<int> Search(float[][] parts, float[] question)
    {
        var tops = new List<(float Score, int Number)>[parts.Length];
        Parallel.For(0, parts.Length, part =>
        {
            var best = new PriorityQueue<int, float>();
            var values = parts[part].AsSpan();
            for (var row = 0; row < values.Length / SyntheticCorpus.Dimensions; row++)
            {
                var score = TensorPrimitives.Dot(values.Slice(row * SyntheticCorpus.Dimensions, SyntheticCorpus.Dimensions), question);
                if (best.Count < Best) best.Enqueue(row, score);
                else best.EnqueueDequeue(row, score);
            }

            tops[part] = [.. best.UnorderedItems.Select(item => (item.Priority, (part * RowsPerPart) + item.Element))];
        });
        return [.. tops.SelectMany(top => top).OrderByDescending(t => t.Score).Take(Best).Select(t => t.Number)];
    }
}
