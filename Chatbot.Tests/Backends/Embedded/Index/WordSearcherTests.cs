using System.Text;
using Chatbot.Backends.Embedded.Index;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class WordSearcherTests
{
    [Theory]
    [InlineData(1, 10, 3)]
    [InlineData(2, 300, 1)]
    [InlineData(3, 300, 100)]
    [InlineData(4, 3_000, 10)]
    [InlineData(5, 6_000, 100)]
    [InlineData(6, 6_000, 5)]
    public void Passing_over_common_words_finds_what_scoring_everything_finds(int seed, int documents, int limit)
    {
        var random = new Random(seed);
        var snapshot = RandomIndex.Make(random, documents);
        for (var question = 0; question < 25; question++)
        {
            var words = Words(random, snapshot);

            var found = new WordSearcher(snapshot, words).Search(limit, Nothing, TestContext.Current.CancellationToken);

            Assert.Equal(Everything(snapshot, words).Take(limit), found);
        }
    }

    [Fact]
    public void Chunks_that_are_wanted_come_with_the_same_scores()
    {
        var random = new Random(7);
        var snapshot = RandomIndex.Make(random, 500);
        var words = Words(random, snapshot);
        var everything = Everything(snapshot, words);
        var wanted = everything.Where((_, i) => i % 3 == 0).ToList();

        var found = new WordSearcher(snapshot, words).Search(0, wanted.ToLookup(p => p.View, p => (p.Document, p.Chunk)), TestContext.Current.CancellationToken);

        Assert.NotEmpty(found);
        Assert.Equal(wanted.OrderBy(p => (p.View, p.Chunk)), found.OrderBy(p => (p.View, p.Chunk)));
    }

    private static ILookup<int, (int Document, int Chunk)> Nothing => Array.Empty<ScoredPlace>().ToLookup(p => p.View, p => (p.Document, p.Chunk));

    private static List<ResolvedWord> Words(Random random, IndexSnapshot snapshot) =>
        [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => RandomIndex.Word(random)).Distinct().Select(text =>
        {
            var terms = new List<ResolvedTerm> { new(Encoding.UTF8.GetBytes(text)) };
            if (random.Next(3) == 0) terms.Add(new ResolvedTerm(Encoding.UTF8.GetBytes(RandomIndex.Word(random)), 0.6f));
            return new ResolvedWord(text, terms, Bm25.Idf(terms.Max(t => snapshot.Frequency(t.Bytes)), snapshot.Chunks));
        })];

    // Each living chunk that holds a word, scored from its postings as the formula has it.
    private static List<ScoredPlace> Everything(IndexSnapshot snapshot, List<ResolvedWord> words)
    {
        var places = new List<ScoredPlace>();
        for (var view = 0; view < snapshot.Views.Count; view++)
        {
            var (segment, live) = snapshot.Views[view];
            var chunks = words.Select(word => Best(segment, word, (chunk, counts) =>
                Bm25.Saturate(Bm25.Weigh(counts, Bm25.LengthNorm(segment.BodyLengths[chunk], snapshot.AverageBodyLength))))).ToList();
            var lengths = new DocumentLengths(segment, snapshot);
            var documents = words.Select(word => BestOfDocuments(segment, word, document => lengths.Norm(document))).ToList();
            for (var chunk = 0; chunk < segment.Chunks; chunk++)
            {
                var document = segment.DocumentOf(chunk);
                var score = 0f;
                foreach (var word in chunks) score += word.GetValueOrDefault(chunk);
                if (score <= 0 || !live[document]) continue;
                var documentScore = 0f;
                foreach (var word in documents) documentScore += word.GetValueOrDefault(document);
                places.Add(new ScoredPlace(view, chunk, document, score, documentScore));
            }
        }

        return [.. places.OrderByDescending(p => p.Score).ThenBy(p => p.View).ThenBy(p => p.Chunk)];
    }

    private static Dictionary<int, float> Best(IndexSegment segment, ResolvedWord word, Func<int, TermCounts, float> score)
    {
        var best = new Dictionary<int, float>();
        foreach (var term in word.Terms)
        {
            if (segment.FindTerm(term.Bytes) is not (>= 0 and var at)) continue;
            var postings = segment.Postings(at);
            while (postings.MoveNext())
            {
                var value = (float)word.Idf * term.Weight * score(postings.Chunk, postings.Counts);
                best[postings.Chunk] = Math.Max(best.GetValueOrDefault(postings.Chunk), value);
            }
        }

        return best;
    }

    private static Dictionary<int, float> BestOfDocuments(IndexSegment segment, ResolvedWord word, Func<int, float> norm)
    {
        var best = new Dictionary<int, float>();
        foreach (var term in word.Terms)
        {
            if (segment.FindTerm(term.Bytes) is not (>= 0 and var at)) continue;
            var sums = new Dictionary<int, int>();
            var postings = segment.Postings(at);
            while (postings.MoveNext())
            {
                var document = segment.DocumentOf(postings.Chunk);
                sums[document] = sums.GetValueOrDefault(document) + postings.Counts.Body + postings.Counts.Headings;
            }

            foreach (var (document, sum) in sums.Where(s => s.Value > 0))
                best[document] = Math.Max(best.GetValueOrDefault(document), (float)word.Idf * term.Weight * Bm25.Saturate(sum * norm(document)));
        }

        return best;
    }
}
