using System.Buffers;
using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>
/// What a text says when it is written so that filters do not see it: letters of other scripts that look alike, digits for
/// letters, letters apart, words with a letter wrong, text backwards or in base64. Pure.
/// </summary>
internal static class PlainForm
{
    // Base64 of a dozen letters and more; shorter is a code or a name.
    private const int ShortestEncoded = 16, LongestEncoded = 8_000;

    // Of the words that injections cannot do without; those with a letter wrong are read as these.
    private static readonly string[] Words =
    [
        "ignore", "disregard", "forget", "override", "bypass", "previous", "instructions", "instruction", "system", "prompt", "reveal", "repeat", "pretend", "developer", "restrictions", "guidelines",
        "ignoriere", "ignorieren", "vergiss", "missachte", "vorherigen", "bisherigen", "anweisungen", "anweisung", "systemprompt", "regeln",
        "ignorez", "oubliez", "precedentes", "consignes", "directives",
    ];

    private static readonly HashSet<string> Known = new(Words, StringComparer.Ordinal);

    private static readonly string[][] WordsByFirst = [.. Enumerable.Range('a', 26).Select(first => Words.Where(word => word[0] == first).ToArray())];

    private static readonly SearchValues<char> RunEnds = SearchValues.Create(" \n\t\"':`()：“”");

    private static readonly SearchValues<char> Signs = SearchValues.Create("0134578@$");

    // Cyrillic and Greek letters that no reader tells from Latin ones.
    private const string Lookalikes = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwαaοoρpεeιiκkνvτtυu";

    /// <summary>Folded, with look-alikes and signs for letters as what they stand for.</summary>
    public static string Of(string text)
    {
        var folded = Folding.Fold(text);
        if (!System.Text.Ascii.IsValid(folded)) folded = WithoutLookalikes(folded);
        return Repaired(Joined(folded));
    }

    /// <summary>Other readings of the whole text: backwards, and what it holds in base64.</summary>
    public static IEnumerable<string> Hidden(string text)
    {
        if (text.Length <= LongestEncoded)
        {
            var backwards = text.ToCharArray();
            Array.Reverse(backwards);
            yield return Of(new string(backwards));
        }

        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny(RunEnds);
            if (length < 0) length = text.Length - start;
            if (length >= ShortestEncoded && Decoded(text.Substring(start, length).TrimEnd('.', ',', '!', '?', '。')) is { } plain) yield return Of(plain);
            start += length + 1;
        }
    }

    private static string? Decoded(string run)
    {
        if (run.Length is < ShortestEncoded or > LongestEncoded) return null;
        var padded = run.PadRight((run.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.Count(c => char.IsLetter(c) || c == ' ') > text.Length * 0.8 ? text : null;
    }

    // Only in words that have Latin letters as well: a Russian word is none of ours.
    private static string WithoutLookalikes(string folded)
    {
        var text = folded.ToCharArray();
        for (var start = 0; start < text.Length;)
        {
            if (!char.IsLetter(text[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < text.Length && char.IsLetter(text[end])) end++;
            if (text.AsSpan(start, end - start).ContainsAnyInRange('a', 'z'))
            {
                for (var i = start; i < end; i++)
                    if (text[i] >= '\u0080' && Lookalikes.IndexOf(text[i], StringComparison.Ordinal) is var at and >= 0 && at % 2 == 0) text[i] = Lookalikes[at + 1];
            }

            start = end;
        }

        return new string(text);
    }

    // "i g n o r e", "i.g.n.o.r.e": six letters in a row that stand alone are one word.
    private static string Joined(string text)
    {
        StringBuilder? joined = null;
        var written = 0;
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end + 2 < text.Length && char.IsAsciiLetter(text[end]) && text[end + 1] is ' ' or '.' or '-' or '_' or '*' && char.IsAsciiLetter(text[end + 2])
                && (end + 3 >= text.Length || !char.IsAsciiLetter(text[end + 3])) && (end == 0 || end > i || !char.IsAsciiLetter(text[end - 1]))) end += 2;
            if (end - i < 10)
            {
                i++;
                continue;
            }

            (joined ??= new StringBuilder(text.Length)).Append(text, written, i - written);
            for (var at = i; at <= end; at += 2) joined.Append(text[at]);
            written = i = end + 1;
        }

        return joined is null ? text : joined.Append(text, written, text.Length - written).ToString();
    }

    private static string Repaired(string text)
    {
        StringBuilder? repaired = null;
        var written = 0;
        for (var start = 0; start < text.Length;)
        {
            if (!IsOfWord(text[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < text.Length && IsOfWord(text[end])) end++;
            if (end - start is >= 5 and <= 16 && MayBeMeant(text.AsSpan(start, end - start)) && Nearest(text[start..end]) is { } meant)
            {
                (repaired ??= new StringBuilder(text.Length)).Append(text, written, start - written).Append(meant);
                written = end;
            }

            start = end;
        }

        return repaired is null ? text : repaired.Append(text, written, text.Length - written).ToString();
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '@' or '$';

    // Most words begin like none of them, or are shorter or longer.
    private static bool MayBeMeant(ReadOnlySpan<char> word)
    {
        if (!char.IsAsciiLetterLower(word[0]) || word.ContainsAny(Signs)) return true;
        foreach (var known in WordsByFirst[word[0] - 'a'])
            if (Math.Abs(known.Length - word.Length) <= 1) return true;
        return false;
    }

    private static string? Nearest(string word)
    {
        var plain = word.AsSpan().ContainsAny(Signs) && word.Any(char.IsAsciiLetter)
            ? word.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('8', 'b').Replace('@', 'a').Replace('$', 's')
            : word;
        if (Known.Contains(plain)) return plain == word ? null : plain;
        return plain.Length < 6 ? null : !char.IsAsciiLetterLower(plain[0]) ? null : Array.Find(WordsByFirst[plain[0] - 'a'], known => Math.Abs(known.Length - plain.Length) <= 1 && (IsOneOff(plain, known) || IsShuffled(plain, known)));
    }

    // One letter missing, too many or wrong, or two neighbours swapped.
    private static bool IsOneOff(string word, string known)
    {
        var same = 0;
        while (same < word.Length && same < known.Length && word[same] == known[same]) same++;
        var a = word.AsSpan(same);
        var b = known.AsSpan(same);
        if (a.IsEmpty || b.IsEmpty) return a.Length + b.Length == 1;
        if (a.Length == b.Length)
            return a[1..].SequenceEqual(b[1..]) || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]));
        return a.Length > b.Length ? a[1..].SequenceEqual(b) : b[1..].SequenceEqual(a);
    }

    // First and last letter stand, those between in any order: readers hardly notice.
    private static bool IsShuffled(string word, string known) =>
        word.Length == known.Length && word.Length >= 7 && word[^1] == known[^1] && word.Order().SequenceEqual(known.Order());
}
