namespace Chatbot.Backends.Embedded.Index;

/// <summary>Scores chunks by the words of a question: BM25 of the chunk, and of the whole document it is part of.</summary>
internal sealed class WordSearcher(IndexSnapshot snapshot, IReadOnlyList<ResolvedWord> words)
{
    /// <param name="wanted">Chunks whose scores are wanted in any case, by segment.</param>
    /// <returns>The best chunks of all segments that hold a word, best first; behind them those of <paramref name="wanted"/> that are not among them.</returns>
    public List<ScoredPlace> Search(int limit, ILookup<int, (int Document, int Chunk)> wanted, CancellationToken cancellationToken)
    {
        var best = new PriorityQueue<ScoredPlace, (float, int, int)>(limit + 1);
        var others = new List<ScoredPlace>();
        for (var view = 0; view < snapshot.Views.Count; view++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Search(view, limit, best, wanted[view], others);
        }

        var found = new List<ScoredPlace>(best.Count);
        while (best.TryDequeue(out var place, out _)) found.Add(place);
        found.Reverse();
        var there = found.Select(p => (p.View, p.Chunk)).ToHashSet();
        found.AddRange(others.Where(p => !there.Contains((p.View, p.Chunk))));
        return found;
    }

    private void Search(
        int number, int limit, PriorityQueue<ScoredPlace, (float, int, int)> best, IEnumerable<(int Document, int Chunk)> wanted, List<ScoredPlace> others)
    {
        var (segment, live) = snapshot.Views[number];
        using var chunks = new ScoreSheet(segment.Chunks);
        using var documents = new ScoreSheet(segment.Documents);
        var documentLengths = new DocumentLengths(segment, snapshot);
        foreach (var word in words)
        {
            foreach (var term in word.Terms)
            {
                var at = segment.FindTerm(term.Bytes);
                if (at >= 0) Score(segment, at, (float)word.Idf * term.Weight, word.Terms.Count > 1, chunks, documents, documentLengths);
            }

            if (word.Terms.Count > 1)
            {
                chunks.EndWord();
                documents.EndWord();
            }
        }

        var totals = chunks.Totals;
        for (var chunk = 0; chunk < totals.Length; chunk++)
        {
            var score = totals[chunk];
            if (score <= 0) continue;
            // Ties go to the chunk that comes first, whatever segment it is in: the order must not change with merges.
            if (best.Count == limit && (!best.TryPeek(out _, out var worst) || score <= worst.Item1)) continue;
            var document = segment.DocumentOf(chunk);
            if (!live[document]) continue;
            best.Enqueue(new ScoredPlace(number, chunk, document, score, documents.Totals[document]), (score, -number, -chunk));
            if (best.Count > limit) best.Dequeue();
        }

        foreach (var (document, chunk) in wanted) others.Add(new ScoredPlace(number, chunk, document, totals[chunk], documents.Totals[document]));
        GC.KeepAlive(segment);
    }

    private void Score(IndexSegment segment, int term, float idf, bool several, ScoreSheet chunks, ScoreSheet documents, DocumentLengths documentLengths)
    {
        var lengths = segment.BodyLengths;
        var first = segment.FirstChunks;
        var postings = segment.Postings(term);
        int document = -1, end = -1;
        float documentWeight = 0;
        while (postings.MoveNext())
        {
            var chunk = postings.Chunk;
            var score = idf * Bm25.Saturate(Bm25.Weigh(postings.Counts, Bm25.LengthNorm(lengths[chunk], snapshot.AverageBodyLength)));
            if (several) chunks.AddBest(chunk, score);
            else chunks.Add(chunk, score);

            if (chunk >= end)
            {
                Flush();
                document = segment.DocumentOf(chunk);
                end = first[document + 1];
            }

            documentWeight += postings.Counts.Body + postings.Counts.Headings;
        }

        Flush();

        void Flush()
        {
            if (document < 0) return;
            var score = idf * Bm25.Saturate(documentWeight * documentLengths.Norm(document));
            if (several) documents.AddBest(document, score);
            else documents.Add(document, score);
            documentWeight = 0;
        }
    }
}

/// <summary>A chunk of a segment of a snapshot, with its scores by words.</summary>
internal readonly record struct ScoredPlace(int View, int Chunk, int Document, float Score, float DocumentScore);
