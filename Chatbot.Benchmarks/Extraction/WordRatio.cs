using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>
/// How alike two texts are in their words and the order of these: twice the longest common subsequence over both lengths,
/// 0 to 1, on the characters of the words set apart by one blank. Line breaks, punctuation and Markdown do not count.
/// As the py-pdf benchmark defines its ratio (github.com/py-pdf/benchmarks), on words.
/// </summary>
internal static partial class WordRatio
{
    public static double Of(string truth, string found)
    {
        string a = string.Join(' ', Words(truth)), b = string.Join(' ', Words(found));
        return a.Length + b.Length == 0 ? 1 : 2.0 * CommonLength(a, b) / (a.Length + b.Length);
    }

    /// <returns>How often any of the lines, as a run of words, is in a text.</returns>
    public static int Occurrences(IEnumerable<string> lines, string text)
    {
        var flat = $" {string.Join(' ', Words(text))} ";
        return lines.Sum(line => flat.Split($" {string.Join(' ', Words(line))} ").Length - 1);
    }

    private static IEnumerable<string> Words(string text)
    {
        var plain = text.Normalize().Replace("\u00AD", "", StringComparison.Ordinal)
            .Replace("\uFB00", "ff", StringComparison.Ordinal).Replace("\uFB01", "fi", StringComparison.Ordinal).Replace("\uFB02", "fl", StringComparison.Ordinal)
            .Replace("\uFB03", "ffi", StringComparison.Ordinal).Replace("\uFB04", "ffl", StringComparison.Ordinal);
        return Word().Matches(plain).Select(m => m.Value);
    }

    // Bit-parallel (Hyyrö 2004): a bit for each character of the second text, a zero marks a step of the subsequence.
    private static int CommonLength(string a, string b)
    {
        var words = (b.Length + 63) / 64;
        var places = new Dictionary<char, ulong[]>();
        for (var i = 0; i < b.Length; i++)
        {
            if (!places.TryGetValue(b[i], out var bits)) places[b[i]] = bits = new ulong[words];
            bits[i / 64] |= 1UL << (i % 64);
        }

        var row = new ulong[words];
        Array.Fill(row, ulong.MaxValue);
        foreach (var c in a)
        {
            if (!places.TryGetValue(c, out var at)) continue;
            var carry = 0UL;
            for (var w = 0; w < words; w++)
            {
                var hit = row[w] & at[w];
                var sum = (UInt128)row[w] + hit + carry;
                carry = (ulong)(sum >> 64);
                row[w] = (ulong)sum | (row[w] & ~at[w]);
            }
        }

        var steps = 0;
        for (var i = 0; i < b.Length; i++)
            if ((row[i / 64] >> (i % 64) & 1) == 0) steps++;
        return steps;
    }

    [GeneratedRegex(@"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\p{L}\p{N}-[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]]+")]
    private static partial Regex Word();
}
