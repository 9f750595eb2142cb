using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Extractive;

/// <summary>Cuts a passage into what can be quoted: sentences of running text; rows, items and code as wholes. Pure.</summary>
internal static class UnitSplitter
{
    // A list item of several sentences is one thought up to here; a longer one reads like a paragraph.
    private const int LongestItem = 240;

    // Code that is longer is cut at its lines: half a screen is no answer.
    private const int LongestCode = 400;

    private static readonly char[] ItemMarks = ['-', '*', '•', '–', '·'];

    public static IEnumerable<(string Text, bool StandsAlone)> Split(Chunk chunk)
    {
        var lines = chunk.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (IsCode(line))
            {
                var first = i;
                var length = line.Length;
                while (i + 1 < lines.Length && IsCode(lines[i + 1]) && length + lines[i + 1].Length < LongestCode)
                    length += lines[++i].Length + 1;
                yield return (string.Join('\n', lines[first..(i + 1)]).Trim('\n'), true);
            }
            else if (line.Contains(" | ", StringComparison.Ordinal) || (IsItem(line) && line.Length <= LongestItem))
            {
                yield return (line.Trim(), true);
            }
            else
            {
                foreach (var range in Sentences.Split(line, chunk.Language))
                    yield return (line[range], false);
            }
        }
    }

    // Extraction keeps the indentation of code and of nothing else.
    private static bool IsCode(string line) =>
        line.StartsWith("  ", StringComparison.Ordinal) || line.StartsWith('\t') || (line.Length > 0 && line.TrimEnd()[^1..] is "{" or "}" or ";");

    private static bool IsItem(string line)
    {
        var text = line.TrimStart();
        if (text.Length > 2 && ItemMarks.Contains(text[0]) && text[1] == ' ') return true;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is 1 or 2 && text.Length > digits + 1 && text[digits] is '.' or ')' && text[digits + 1] == ' ';
    }
}
