using System.Text;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Puts together what is known of the chunks that a search found: their text, the parts of their scores, their cosines.</summary>
internal static class CandidateCollector
{
    /// <summary>Of chunks that hold phrases.</summary>
    public static ChunkCandidates Collect(
        IndexSnapshot snapshot, ResolvedQuestion words, IReadOnlyList<PhraseMatch> matches, ReadOnlyMemory<float> question, CommonDirections? common)
    {
        var rows = matches.ToDictionary(m => (m.Key.Document, m.Key.Ordinal), m => m.Row);
        var scores = Score(snapshot, words, [.. matches.Select(m => m.Place)], question, common, []);
        var found = Collect(snapshot, words, scores, common?.SpreadTo(question.Span), [.. matches.Select(m => m.Key)], rows);
        var held = matches.SelectMany(m => m.Phrases).ToHashSet(StringComparer.Ordinal);
        return found with
        {
            Candidates = [.. found.Candidates.Zip(matches, (candidate, match) => candidate with { MatchedPhrases = match.Phrases })],
            Phrases = [.. found.Phrases.Select(phrase => phrase with { IsFound = held.Contains(phrase.Text) })],
        };
    }

    /// <summary>All of candidates but their texts.</summary>
    /// <param name="question">Its vector; empty when the question has none.</param>
    /// <param name="common">What the index's vectors have in common; null where that is not known.</param>
    /// <param name="near">What a scan of the vectors found, in any order: each cosine that need not be worked out again spares a read.</param>
    /// <returns>Of each place.</returns>
    public static CandidateScores[] Score(
        IndexSnapshot snapshot, ResolvedQuestion resolved, IReadOnlyList<ScoredPlace> places, ReadOnlyMemory<float> question, CommonDirections? common,
        IReadOnlyList<NearChunk> near)
    {
        var known = near.ToDictionary(n => (n.View, n.Chunk), n => n.Cosine);
        var words = resolved.Words;
        var total = words.Sum(w => w.Idf);
        var counts = MatchReader.Read(snapshot, words, places);
        var scores = new CandidateScores[places.Count];
        var specific = common?.Of(question.Span);
        var meaning = new DocumentMeaning(snapshot, question, specific);
        var vector = new float[question.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var segment = snapshot.Views[places[i].View].Segment;
            double? cosine = known.TryGetValue((places[i].View, places[i].Chunk), out var found) ? found : segment.Vectors.Dot(places[i].Chunk, question.Span);
            double? specificCosine = specific is not null && cosine is not null && segment.Vectors.TryReadCoarse(places[i].Chunk, vector) ? specific.Cosine(vector) : null;
            var (documentCosine, documentSpecific) = meaning.Of(places[i].View, places[i].Document);
            var norm = Bm25.LengthNorm(segment.BodyLengths[places[i].Chunk], snapshot.AverageBodyLength);
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

            scores[i] = new CandidateScores(
                places[i].Score, cosine, matched, body, headings, total > 0 ? matchedIdf / total : 0, places[i].DocumentScore, documentCosine, specificCosine, documentSpecific);
        }

        GC.KeepAlive(snapshot);
        return scores;
    }

    /// <param name="spread">Of the cosines of all vectors of the index; null where it is not known.</param>
    /// <param name="keys">Of each place that has scores.</param>
    /// <param name="rows">What was found under the keys.</param>
    public static ChunkCandidates Collect(
        IndexSnapshot snapshot,
        ResolvedQuestion resolved,
        IReadOnlyList<CandidateScores> scores,
        (double Mean, double Deviation)? spread,
        IReadOnlyList<(Guid Document, long Version, int Ordinal)> keys,
        IReadOnlyDictionary<(Guid, int), ChunkRow> rows)
    {
        var words = resolved.Words;
        var candidates = new List<ChunkCandidate>(scores.Count);
        for (var i = 0; i < scores.Count; i++)
        {
            if (rows.TryGetValue((keys[i].Document, keys[i].Ordinal), out var row)) candidates.Add(scores[i].Of(row.ToChunk()));
        }

        return new ChunkCandidates(candidates, words.Sum(w => w.Idf), snapshot.Generation)
        {
            ChunksPerDocument = Math.Max(1, (double)snapshot.Chunks / Math.Max(1, snapshot.Documents)),
            CosineMean = spread?.Mean,
            CosineDeviation = spread?.Deviation,
            Terms = [.. words.Select(word => new QuestionTerm(word.Text, word.Idf, [.. word.Terms.Select(term => Encoding.UTF8.GetString(term.Bytes))]) { ReadAs = word.ReadAs })],
            Phrases = [.. resolved.Phrases.Select(phrase => new QuestionPhrase(phrase.Phrase.Text, IsFound: false))],
        };
    }
}

/// <summary>What is known of a candidate beside its text: see <see cref="ChunkCandidate"/>.</summary>
internal readonly record struct CandidateScores(
    double WordScore,
    double? Cosine,
    IReadOnlyList<string> MatchedWords,
    double BodyScore,
    double HeadingScore,
    double Coverage,
    double DocumentScore,
    double? DocumentCosine,
    double? SpecificCosine,
    double? DocumentSpecificCosine)
{
    public ChunkCandidate Of(Chunk chunk) => new(chunk, WordScore, Cosine, MatchedWords)
    {
        BodyScore = BodyScore,
        HeadingScore = HeadingScore,
        Coverage = Coverage,
        DocumentScore = DocumentScore,
        DocumentCosine = DocumentCosine,
        SpecificCosine = SpecificCosine,
        DocumentSpecificCosine = DocumentSpecificCosine,
    };
}
