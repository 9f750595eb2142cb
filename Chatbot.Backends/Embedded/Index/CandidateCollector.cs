using System.Text;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Puts together what is known of the chunks that a search found: their text, the parts of their scores, their cosines.</summary>
internal static class CandidateCollector
{
    /// <param name="keys">Of each place.</param>
    /// <param name="rows">What was found under the keys.</param>
    /// <param name="question">Its vector; empty when the question has none.</param>
    public static ChunkCandidates Collect(
        IndexSnapshot snapshot,
        IReadOnlyList<ResolvedWord> words,
        IReadOnlyList<ScoredPlace> places,
        IReadOnlyList<(Guid Document, long Version, int Ordinal)> keys,
        IReadOnlyDictionary<(Guid, int), ChunkRow> rows,
        ReadOnlyMemory<float> question)
    {
        var total = words.Sum(w => w.Idf);
        var counts = MatchReader.Read(snapshot, words, places);
        var candidates = new List<ChunkCandidate>(places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            if (!rows.TryGetValue((keys[i].Document, keys[i].Ordinal), out var row)) continue;
            double? cosine = row.Vector is { } vector && !question.IsEmpty ? HalfVector.Dot(vector, question.Span) : null;
            var norm = Bm25.LengthNorm(snapshot.Views[places[i].View].Segment.BodyLengths[places[i].Chunk], snapshot.AverageBodyLength);
            double body = 0, headings = 0, matchedIdf = 0;
            var matched = new List<string>();
            for (var word = 0; word < words.Count; word++)
            {
                var cell = counts[(i * words.Count) + word];
                if (cell.Packed == 0) continue;
                matched.Add(words[word].Text);
                matchedIdf += words[word].Idf;
                body += words[word].Idf * Bm25.Saturate(cell.Body * norm);
                headings += words[word].Idf * Bm25.Saturate((cell.Headings * Bm25.HeadingWeight) + (cell.Title * Bm25.TitleWeight));
            }

            candidates.Add(new ChunkCandidate(row.ToChunk(), places[i].Score, cosine, matched)
            {
                BodyScore = body,
                HeadingScore = headings,
                Coverage = total > 0 ? matchedIdf / total : 0,
                DocumentScore = places[i].DocumentScore,
            });
        }

        return new ChunkCandidates(candidates, total, snapshot.Generation)
        {
            Terms = [.. words.Select(word => new QuestionTerm(word.Text, word.Idf, [.. word.Terms.Select(term => Encoding.UTF8.GetString(term))]))],
        };
    }
}
