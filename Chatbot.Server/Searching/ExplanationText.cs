using System.Globalization;
using Chatbot.Api.Retrieval.Explaining;

namespace Chatbot.Server.Searching;

/// <summary>An explanation as people read it.</summary>
internal static class ExplanationText
{
    // What counts less is noise to a reader.
    private const int MostFeatures = 6;

    public static void Write(SearchExplanation explanation, TextWriter output, bool withPassages)
    {
        if (withPassages)
        {
            output.WriteLine("Words:    " + string.Join(", ", explanation.Words.Select(Word)));
            foreach (var phrase in explanation.Phrases) output.WriteLine($"Phrase:   \"{phrase.Text}\" {(phrase.IsFound ? "stands in these passages" : "stands nowhere; its words were looked for")}");
            output.WriteLine($"Answer:   {F(100 * explanation.Answerable, "0")} % likely to be in these passages; {explanation.Candidates} candidates");
            var t = explanation.Timings;
            output.WriteLine($"Time:     {F(t.Meaning)} ms meaning, {F(t.Index)} ms index, {F(t.Missing)} ms missing vectors, {F(t.Ranking)} ms ranking");
            output.WriteLine();
            foreach (var passage in explanation.Passages) Write(passage, output);
        }

        if (explanation.Expected is not { } expected) return;
        output.WriteLine($"Expected: {expected.Url}");
        output.WriteLine($"          {expected.Reason}: {expected.Detail}");
        foreach (var other in expected.OutrankedBy) output.WriteLine($"          before it: {other}");
        if (expected.Passage is { } best) Write(best, output);
    }

    private static void Write(PassageExplanation passage, TextWriter output)
    {
        output.WriteLine($"{passage.Rank,2}. {F(passage.Score)}  {passage.Url}");
        output.WriteLine($"    words {F(passage.Words)} (text {F(passage.Body)}, headings {F(passage.Headings)}, document {F(passage.Document)}), place {Place(passage.RankByWords)}; cosine {(passage.Cosine is { } cosine ? F(cosine, "0.000") : "still to come")}, place {Place(passage.RankByMeaning)}");
        if (passage.MatchedWords.Count > 0) output.WriteLine($"    holds {string.Join(", ", passage.MatchedWords)}: {F(100 * passage.Coverage, "0")} % of the question");
        if (passage.Features.Count > 0)
            output.WriteLine("    " + string.Join(", ", passage.Features.Take(MostFeatures).Select(f => $"{f.Name} {F(f.Value)} ({f.Contribution.ToString("+0.00;-0.00", CultureInfo.InvariantCulture)})")));
    }

    private static string Word(WordExplanation word) => word switch
    {
        { ReadAs.Count: > 0 } => $"{word.Text} (read as {string.Join(" or ", word.ReadAs)})",
        { Terms.Count: 0 } => $"{word.Text} (unknown)",
        _ => $"{word.Text} ({F(word.Idf, "0.0")})",
    };

    private static string Place(int place) => place == 0 ? "none" : place.ToString(CultureInfo.InvariantCulture);

    private static string F(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);
}
