using System.Numerics;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Extractive;

/// <summary>Tells how well the units of passages answer a question, by the question's words. Not safe for concurrent use.</summary>
/// <param name="terms">At most 64 of them count.</param>
internal sealed class UnitScorer(IReadOnlyList<QuestionTerm> terms)
{
    // A word that stands in a heading above the unit is half an answer: the unit need not repeat it.
    private const double HeadingWeight = 0.5;

    // A unit beside a good one often goes on with it ("It must be renewed every year").
    private const double NeighbourWeight = 0.25;

    // Of the passage's own place: the best unit of the best passage wins over an equal one further down.
    private const double PassageWeight = 0.4;

    private const double StandingOfNext = 0.75;

    // Units of fewer terms ("See also:") say little, whatever they match.
    private const int FewestTerms = 4;

    /// <summary>What a question in a source counts that nothing follows: it is no answer.</summary>
    public const double QuestionWeight = 0.3;

    private readonly double total = Math.Max(terms.Take(64).Sum(term => term.Idf), double.Epsilon);

    /// <returns>All units of the passages, in reading order within each, scored 0 to about 1.6.</returns>
    public IReadOnlyList<AnswerUnit> Score(IReadOnlyList<Passage> passages)
    {
        // By rank, not by score: what one score means beside another depends on how the passages were found.
        return [.. passages.SelectMany((passage, rank) => Score(passage, Math.Pow(StandingOfNext, rank)))];
    }

    public static bool IsQuestion(string text) => text[^1] is '?' or '？';

    /// <summary>The weight of words relative to the whole question, 0 to 1.</summary>
    public double Weight(ulong words)
    {
        var sum = 0.0;
        for (var rest = words; rest != 0; rest &= rest - 1)
            sum += terms[BitOperations.TrailingZeroCount(rest)].Idf;
        return sum / total;
    }

    private List<AnswerUnit> Score(Passage passage, double standing)
    {
        var analyzer = TextAnalyzer.For(passage.Chunk.Language);
        var above = Match(analyzer, string.Join('\n', [passage.Chunk.Title ?? "", .. passage.Chunk.HeadingPath]), out _);
        var units = new List<AnswerUnit>();
        var own = new List<double>();
        var brevity = new List<double>();
        foreach (var (text, standsAlone) in UnitSplitter.Split(passage.Text, passage.Chunk.Language))
        {
            var matched = Match(analyzer, text, out var length);
            units.Add(new AnswerUnit(passage, units.Count, text, standsAlone, matched));
            var coverage = Weight(matched) + (HeadingWeight * Weight(above & ~matched));
            // What matches by its headings alone is no better than its neighbours.
            brevity.Add(Brevity(length, text));
            own.Add((matched == 0 ? coverage / 2 : coverage) * brevity[^1]);
        }

        for (var i = 0; i < units.Count; i++)
        {
            var beside = Math.Max(i > 0 ? own[i - 1] : 0, i + 1 < own.Count ? own[i + 1] : 0);
            units[i] = units[i] with { Score = (own[i] + (NeighbourWeight * beside * brevity[i])) * (1 - PassageWeight + (PassageWeight * standing)) };
        }

        return units;
    }

    private static double Brevity(int length, string text) =>
        IsQuestion(text) ? QuestionWeight : length >= FewestTerms ? 1 : (length + 1.0) / (FewestTerms + 1);

    private ulong Match(TextAnalyzer analyzer, string text, out int length)
    {
        var found = new List<Term>();
        analyzer.Analyze(text, found);
        length = found.Count;
        var words = found.Select(term => term.Text).ToHashSet(StringComparer.Ordinal);
        var matched = 0UL;
        for (var i = 0; i < Math.Min(terms.Count, 64); i++)
        {
            if (terms[i].Terms.Any(words.Contains)) matched |= 1UL << i;
        }

        return matched;
    }
}
