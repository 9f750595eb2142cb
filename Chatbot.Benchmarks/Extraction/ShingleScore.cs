using System.Text.RegularExpressions;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>
/// Precision, recall and F1 over shingles of four words, counted with multiplicity, as the Article Extraction
/// Benchmark defines them (github.com/scrapinghub/article-extraction-benchmark).
/// </summary>
internal sealed partial class ShingleScore
{
    private const int Window = 4;

    private readonly List<double> precisions = [];
    private readonly List<double> recalls = [];

    public double Precision => precisions.Count == 0 ? 0 : precisions.Average();

    public double Recall => recalls.Count == 0 ? 0 : recalls.Average();

    /// <summary>Harmonic mean of the mean precision and the mean recall.</summary>
    public double F1 => Harmonic(Precision, Recall);

    public int Empty { get; private set; }

    /// <returns>F1 of this page alone.</returns>
    public double Add(string truth, string found)
    {
        var (want, got) = (Shingles(truth), Shingles(found));
        int wanted = want.Values.Sum(), gotten = got.Values.Sum();
        var hits = want.Sum(pair => Math.Min(pair.Value, got.GetValueOrDefault(pair.Key)));
        // A page found empty has no precision; it costs recall.
        if (gotten > 0) precisions.Add((double)hits / gotten);
        else Empty++;
        if (wanted > 0) recalls.Add((double)hits / wanted);
        return Harmonic(gotten == 0 ? 0 : (double)hits / gotten, wanted == 0 ? 0 : (double)hits / wanted);
    }

    private static double Harmonic(double precision, double recall) =>
        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);

    private static Dictionary<string, int> Shingles(string text)
    {
        var words = Words().Matches(text).Select(m => m.Value).ToArray();
        var shingles = new Dictionary<string, int>();
        for (var i = 0; i <= Math.Max(words.Length - Window, 0) && words.Length > 0; i++)
        {
            var shingle = string.Join(' ', words.Skip(i).Take(Window));
            shingles[shingle] = shingles.GetValueOrDefault(shingle) + 1;
        }

        return shingles;
    }

    [GeneratedRegex(@"[\p{L}\p{N}_]+")]
    private static partial Regex Words();
}
