using Chatbot.Api.Retrieval.Ranking;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>A question with its candidates as numbers: what is left when the texts are put away.</summary>
/// <param name="Fold">From 0; the same for a question in every language.</param>
internal sealed record PreparedQuestion(string Set, int Fold, bool IsAnswerable, CandidateList Meaning, CandidateList Words)
{
    /// <summary>The same with what answers it taken out of the index; null where nothing was there to take out.</summary>
    public CandidateList? MeaningWithout { get; init; }

    public CandidateList? WordsWithout { get; init; }

    /// <summary>The passages that the product returns, merged and widened; of sites only.</summary>
    public IReadOnlyList<PreparedCandidate>? Searched { get; init; }

    /// <summary>Search and ranking, in milliseconds.</summary>
    public double Ms { get; init; }
}

/// <param name="Candidates">Best first by the simple score; copies are dropped.</param>
/// <param name="Rows">Features of the first ones.</param>
internal sealed record CandidateList(IReadOnlyList<PreparedCandidate> Candidates, double[][] Rows, QuestionFacts? Facts)
{
    /// <summary>Of each the text that it differs from in numbers alone, or itself.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>The first ones in the order that a model gives them, then the others.</summary>
    public IEnumerable<PreparedCandidate> RankedBy(LinearModel model)
    {
        var scores = Array.ConvertAll(Rows, row => model.Score(row));
        return Enumerable.Range(0, Rows.Length).OrderByDescending(i => scores[i]).Select(i => Candidates[i]).Concat(Candidates.Skip(Rows.Length));
    }

    public double[] AnswerFeatures(LinearModel ranking) => Facts is null
        ? new double[Api.Retrieval.Ranking.AnswerFeatures.Names.Count]
        : Api.Retrieval.Ranking.AnswerFeatures.Of(
            [.. Rows.Select((row, i) => (Row: row, Score: ranking.Score(row), Form: Forms[i])).OrderByDescending(r => r.Score).DistinctBy(r => r.Form).Select(r => (r.Row, r.Score))], Facts);
}

/// <param name="Page">Number of its page within the question's list.</param>
internal readonly record struct PreparedCandidate(int Page, bool IsPage, bool HasAnswer, int Length, double Words, double Cosine);
