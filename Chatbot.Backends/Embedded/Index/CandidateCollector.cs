using System.Text;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Puts together what is known of the chunks that a search found: their text, the parts of their scores, their cosines.</summary>
internal static class CandidateCollector
{
    /// <summary>Of chunks that hold phrases.</summary>
    public static ChunkCandidates Collect(IndexSnapshot snapshot, ResolvedQuestion words, IReadOnlyList<PhraseMatch> matches, ReadOnlyMemory<float> question)
    {
        var rows = matches.ToDictionary(m => (m.Key.Document, m.Key.Ordinal), m => m.Row);
        var found = Collect(snapshot, words, [.. matches.Select(m => m.Place)], [.. matches.Select(m => m.Key)], rows, question);
        var held = matches.SelectMany(m => m.Phrases).ToHashSet(StringComparer.Ordinal);
        return found with
        {
            Candidates = [.. found.Candidates.Zip(matches, (candidate, match) => candidate with { MatchedPhrases = match.Phrases })],
            Phrases = [.. found.Phrases.Select(phrase => phrase with { IsFound = held.Contains(phrase.Text) })],
        };
    }

    /// <param name="keys">Of each place.</param>
    /// <param name="rows">What was found under the keys.</param>
    /// <param name="question">Its vector; empty when the question has none.</param>
    public static ChunkCandidates Collect(
        IndexSnapshot snapshot,
        ResolvedQuestion resolved,
        IReadOnlyList<ScoredPlace> places,
        IReadOnlyList<(Guid Document, long Version, int Ordinal)> keys,
        IReadOnlyDictionary<(Guid, int), ChunkRow> rows,
        ReadOnlyMemory<float> question)
    {
        var words = resolved.Words;
        var total = words.Sum(w => w.Idf);
        var counts = MatchReader.Read(snapshot, words, places);
        var candidates = new List<ChunkCandidate>(places.Count);
        var meaning = new DocumentMeaning(snapshot, question);
        for (var i = 0; i < places.Count; i++)
        {
            if (!rows.TryGetValue((keys[i].Document, keys[i].Ordinal), out var row)) continue;
            double? cosine = snapshot.Views[places[i].View].Segment.Vectors.Dot(places[i].Chunk, question.Span);
            var norm = Bm25.LengthNorm(snapshot.Views[places[i].View].Segment.BodyLengths[places[i].Chunk], snapshot.AverageBodyLength);
            double body = 0, headings = 0, matchedIdf = 0;
            var matched = new List<string>();
            for (var word = 0; word < words.Count; word++)
            {
                var cell = counts[(i * words.Count) + word];
                if (cell.Counts.Packed == 0) continue;
                matched.Add(words[word].Text);
                var weight = words[word].Idf * cell.Weight;
                matchedIdf += weight;
                body += weight * Bm25.Saturate(cell.Counts.Body * norm);
                headings += weight * Bm25.Saturate((cell.Counts.Headings * Bm25.HeadingWeight) + (cell.Counts.Title * Bm25.TitleWeight));
            }

            candidates.Add(new ChunkCandidate(row.ToChunk(), places[i].Score, cosine, matched)
            {
                BodyScore = body,
                HeadingScore = headings,
                Coverage = total > 0 ? matchedIdf / total : 0,
                DocumentScore = places[i].DocumentScore,
                DocumentCosine = meaning.Of(places[i].View, places[i].Document),
            });
        }

        return new ChunkCandidates(candidates, total, snapshot.Generation)
        {
            Terms = [.. words.Select(word => new QuestionTerm(word.Text, word.Idf, [.. word.Terms.Select(term => Encoding.UTF8.GetString(term.Bytes))]) { ReadAs = word.ReadAs })],
            Phrases = [.. resolved.Phrases.Select(phrase => new QuestionPhrase(phrase.Phrase.Text, IsFound: false))],
        };
    }
}
