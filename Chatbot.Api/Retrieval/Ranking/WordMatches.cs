using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// How the question's words stand to each other in a passage: together or scattered, in the question's order or not.
/// BM25 knows only how often they stand in it. Pure.
/// </summary>
/// <param name="Window">The largest share of the question's idf within <see cref="WindowLength"/> words in a row, 0 to 1.</param>
/// <param name="Pairs">Of the question's neighbouring words, the share by idf that are neighbours in the passage too, in the same order, 0 to 1.</param>
/// <param name="Run">The longest run of the question's words that stands in the passage in the same order with at most one word between two, as a share of the question's words, 0 to 1.</param>
/// <param name="Coverage">The share of the question's idf in the text itself, title and headings aside, 0 to 1.</param>
internal readonly record struct WordMatches(double Window, double Pairs, double Run, double Coverage)
{
    /// <summary>About two sentences.</summary>
    public const int WindowLength = 30;

    // Bits of a mask; nobody asks in more words, and what comes after counts little.
    private const int MostWords = 64;

    public static WordMatches Of(IReadOnlyList<QuestionTerm> question, Chunk chunk)
    {
        var terms = new List<Term>(256);
        TextAnalyzer.For(chunk.Language).Analyze(chunk.Text, terms);
        var words = terms.Count == 0 ? 0 : terms[^1].Position + 1;
        var count = Math.Min(question.Count, MostWords);
        var total = 0.0;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            total += question[i].Idf;
            foreach (var term in question[i].Terms) places.TryAdd(term, i);
        }

        if (total <= 0 || words == 0) return default;
        var hits = new List<(int Position, int Word)>();
        foreach (var term in terms)
        {
            if (places.TryGetValue(term.Text, out var word)) hits.Add((term.Position, word));
        }

        return new WordMatches(
            WindowOf(hits, question) / total, PairsOf(hits, question, count), (double)RunOf(hits) / count, CoverageOf(hits, question) / total);
    }

    private static double CoverageOf(List<(int Position, int Word)> hits, IReadOnlyList<QuestionTerm> question)
    {
        var seen = 0UL;
        var sum = 0.0;
        foreach (var (_, word) in hits)
        {
            if ((seen & (1UL << word)) != 0) continue;
            seen |= 1UL << word;
            sum += question[word].Idf;
        }

        return sum;
    }

    private static double WindowOf(List<(int Position, int Word)> hits, IReadOnlyList<QuestionTerm> question)
    {
        Span<int> inside = stackalloc int[MostWords];
        inside.Clear();
        double sum = 0, best = 0;
        for (int last = 0, first = 0; last < hits.Count; last++)
        {
            if (inside[hits[last].Word]++ == 0) sum += question[hits[last].Word].Idf;
            while (hits[last].Position - hits[first].Position >= WindowLength)
            {
                if (--inside[hits[first].Word] == 0) sum -= question[hits[first].Word].Idf;
                first++;
            }

            best = Math.Max(best, sum);
        }

        return best;
    }

    private static double PairsOf(List<(int Position, int Word)> hits, IReadOnlyList<QuestionTerm> question, int count)
    {
        if (count < 2) return 0;
        var found = 0UL;
        for (var i = 1; i < hits.Count; i++)
        {
            // A hit may share its position with another form of the same word.
            for (var before = i - 1; before >= 0 && hits[i].Position - hits[before].Position <= 2; before--)
            {
                if (hits[before].Word + 1 == hits[i].Word && hits[before].Position < hits[i].Position) found |= 1UL << hits[i].Word;
            }
        }

        double sum = 0, total = 0;
        for (var i = 1; i < count; i++)
        {
            var weight = question[i - 1].Idf + question[i].Idf;
            total += weight;
            if ((found & (1UL << i)) != 0) sum += weight;
        }

        return total <= 0 ? 0 : sum / total;
    }

    private static int RunOf(List<(int Position, int Word)> hits)
    {
        // The length of the run that ends at a hit; hits before it within two positions may go on to it.
        var runs = hits.Count <= 512 ? stackalloc int[hits.Count] : new int[hits.Count];
        var best = 0;
        for (var i = 0; i < hits.Count; i++)
        {
            runs[i] = 1;
            for (var before = i - 1; before >= 0 && hits[i].Position - hits[before].Position <= 2; before--)
            {
                if (hits[before].Word + 1 == hits[i].Word && hits[before].Position < hits[i].Position) runs[i] = Math.Max(runs[i], runs[before] + 1);
            }

            best = Math.Max(best, runs[i]);
        }

        return best;
    }
}
