using System.Globalization;

namespace Chatbot.Benchmarks.Sites;

/// <summary>Prints the figures of a set, and on request each miss with its kind.</summary>
internal static class SiteReport
{
    public static void Print(IReadOnlyList<SiteResult> results, bool misses)
    {
        var answerable = results.Where(r => r.Question.HasAnswer).ToList();
        var others = results.Where(r => !r.Question.HasAnswer).ToList();
        Console.WriteLine($"questions: {answerable.Count} with an answer, {others.Count} without");
        foreach (var k in new[] { 1, 3, 5, 10 })
        {
            Line($"hit@{k}", Share(answerable, r => r.PageRank > 0 && r.PageRank <= k));
        }

        foreach (var k in new[] { 1, 3, 5, 10 })
        {
            Line($"answer-phrase@{k}", Share(answerable, r => r.PhraseRank > 0 && r.PhraseRank <= k));
        }

        Line("answers that cite an expected page", Share(answerable, r => r.Cites));
        Line("answers that hold an expected phrase", Share(answerable, r => r.HoldsPhrase));
        Line("answerable questions refused", Share(answerable, r => r.Refused));
        if (others.Count > 0) Line("unanswerable questions refused", Share(others, r => r.Refused));
        Line("mean passage, characters", answerable.Average(r => r.AveragePassage));
        Line("mean answer, characters", answerable.Where(r => !r.Refused).Select(r => (double)r.Answer.Length).DefaultIfEmpty().Average());
        Line("median search, ms", Median(results.Select(r => r.SearchMs)));
        if (!misses) return;

        foreach (var result in results.Where(r => r.Question.HasAnswer ? !r.Cites || !r.HoldsPhrase : !r.Refused))
        {
            Console.WriteLine($"{result.Question.Id}  {Why(result)}  (page {result.PageRank}, phrase {result.PhraseRank}, answerable {F(result.Answerable)}, cosine {F(result.TopCosine)}, coverage {F(result.Coverage)})  {result.Question.Question}");
        }
    }

    private static string F(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Why(SiteResult result) => result switch
    {
        { Question.HasAnswer: false } => "answered, but nothing answers it",
        { Refused: true } => "refused",
        { Cites: false, PageRank: 0 } => "page not retrieved",
        { Cites: false } => "other page cited",
        { PhraseRank: 0 } => "phrase not retrieved",
        _ => "other sentence picked",
    };

    private static double Share(List<SiteResult> results, Func<SiteResult, bool> holds) => results.Count == 0 ? 0 : (double)results.Count(holds) / results.Count;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    private static void Line(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{value,8:0.###}"));
}
