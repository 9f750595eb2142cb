namespace Chatbot.Backends.Embedded.Index;

/// <summary>Scores chunks by the words of a question: BM25 of the chunk, and of the whole document it is part of.</summary>
internal sealed class WordSearcher(IndexSnapshot snapshot, IReadOnlyList<ResolvedWord> words)
{
    /// <param name="wanted">Chunks whose scores are wanted in any case, by segment.</param>
    /// <returns>The best chunks of all segments that hold a word, best first; behind them those of <paramref name="wanted"/> that are not among them.</returns>
    public List<ScoredPlace> Search(int limit, ILookup<int, (int Document, int Chunk)> wanted, CancellationToken cancellationToken)
    {
        var best = Best(limit, cancellationToken);
        var places = Join(best, wanted);
        Complete(places, best.Count, cancellationToken);
        return places;
    }

    /// <returns>The best chunks of all segments that hold a word, best first, without the scores of their documents.</returns>
    public List<ScoredPlace> Best(int limit, CancellationToken cancellationToken)
    {
        var best = new TopChunks(limit);
        for (var view = 0; view < snapshot.Views.Count && limit > 0 && words.Count > 0; view++) new SegmentScorer(snapshot, view, words).Search(best, cancellationToken);

        var places = new List<ScoredPlace>(best.Items.Length);
        foreach (var (score, number) in best.Sorted())
        {
            var (view, chunk) = ((int)(number >> 32), (int)number);
            places.Add(new ScoredPlace(view, chunk, snapshot.Views[view].Segment.DocumentOf(chunk), score, 0));
        }

        return places;
    }

    /// <returns>Those that words found, and behind them those wanted that are not among them, without scores.</returns>
    public static List<ScoredPlace> Join(List<ScoredPlace> best, ILookup<int, (int Document, int Chunk)> wanted)
    {
        var there = best.Select(p => (p.View, p.Chunk)).ToHashSet();
        return
        [
            .. best,
            .. wanted.SelectMany(group => group.Where(w => !there.Contains((group.Key, w.Chunk))).Select(w => new ScoredPlace(group.Key, w.Chunk, w.Document, 0, 0))),
        ];
    }

    /// <summary>Fills in the scores of documents, and those of chunks that are there only because they were wanted.</summary>
    /// <param name="scored">So many, from the first on, have the score of the chunk already.</param>
    public void Complete(List<ScoredPlace> places, int scored, CancellationToken cancellationToken)
    {
        foreach (var group in Enumerable.Range(0, places.Count).GroupBy(i => places[i].View))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segment = snapshot.Views[group.Key].Segment;
            var lengths = new DocumentLengths(segment, snapshot);
            // Cursors only go forward.
            var rising = group.OrderBy(i => places[i].Chunk).ToArray();
            foreach (var word in words)
            {
                var (chunks, documents) = (new WordCursor(segment, word, snapshot.AverageBodyLength), new WordCursor(segment, word, snapshot.AverageBodyLength));
                var (document, documentScore) = (-1, 0f);
                foreach (var i in rising)
                {
                    var place = places[i];
                    if (place.Document != document) (document, documentScore) = (place.Document, documents.ScoreOf(place.Document, lengths.Norm(place.Document)));
                    places[i] = place with
                    {
                        Score = i < scored ? place.Score : place.Score + chunks.ScoreAt(place.Chunk),
                        DocumentScore = place.DocumentScore + documentScore,
                    };
                }
            }

            GC.KeepAlive(segment);
        }
    }
}

/// <summary>A chunk of a segment of a snapshot, with its scores by words.</summary>
internal readonly record struct ScoredPlace(int View, int Chunk, int Document, float Score, float DocumentScore);
