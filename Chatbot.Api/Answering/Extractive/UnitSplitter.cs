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

    // A table up to here is quoted as a whole; of a longer one each row stands with the header.
    private const int LongestTable = 600;

    // Lines without an end mark: headings within a passage, captions, items of a list. A list up to here is one unit.
    private const int LongestLabel = 100, LongestList = 300;

    // What a sentence announces with a colon (a command, a short list) is quoted with it up to here.
    private const int LongestAnnounced = 300;

    // A question with what follows it up to here; a longer one is answered by too much to be quoted with it.
    private const int LongestAnswered = 400;

    public static IEnumerable<(string Text, bool StandsAlone)> Split(string text, string? language)
    {
        // A question in a source says nothing by itself: what follows it does.
        (string Text, bool StandsAlone)? asked = null;
        foreach (var unit in Cut(text, language))
        {
            if (asked is { } question)
            {
                var between = text.Contains($"{question.Text}\n", StringComparison.Ordinal) ? '\n' : ' ';
                var isAnswered = question.Text.Length + unit.Text.Length < LongestAnswered;
                asked = null;
                if (isAnswered && IsQuestion(unit)) asked = ($"{question.Text}{between}{unit.Text}", false);
                else if (isAnswered) yield return ($"{question.Text}{between}{unit.Text}", unit.StandsAlone);
                else yield return question;
                if (isAnswered) continue;
            }

            if (IsQuestion(unit)) asked = unit;
            else yield return unit;
        }

        if (asked is { } last) yield return last;
    }

    private static bool IsQuestion((string Text, bool StandsAlone) unit) => !unit.StandsAlone && unit.Text[^1] is ('?' or '？');

    private static IEnumerable<(string Text, bool StandsAlone)> Cut(string text, string? language)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var first = i;
            if (lines[i].Length == 0) continue;
            if (IsCode(lines[i]))
            {
                var length = lines[i].Length;
                while (i + 1 < lines.Count && IsCode(lines[i + 1]) && length + lines[i + 1].Length < LongestCode)
                    length += lines[++i].Length + 1;
                yield return (string.Join('\n', lines[first..(i + 1)]).Trim('\n'), true);
            }
            else if (IsRow(lines[i]))
            {
                while (i + 1 < lines.Count && IsRow(lines[i + 1])) i++;
                foreach (var unit in Table(lines[first..(i + 1)], TitleOf(lines, first))) yield return (unit, true);
            }
            else if (IsItem(lines[i]) && lines[i].Length <= LongestItem)
            {
                yield return (lines[i].Trim(), true);
            }
            else if (IsLabel(lines[i]))
            {
                var length = lines[i].Length;
                while (i + 1 < lines.Count && IsLabel(lines[i + 1]) && length + lines[i + 1].Length < LongestList)
                    length += lines[++i].Length + 1;
                // A single one, or what a table follows, is the heading of that and says nothing alone.
                var isHeading = (i == first && lines.Count > 1) || (NextText(lines, i) is { } next && IsRow(next));
                if (!isHeading) yield return (string.Join('\n', lines[first..(i + 1)]), true);
            }
            else
            {
                var sentences = Sentences.Split(lines[i], language);
                var last = i;
                var announced = sentences.Count == 0 ? null : Announced(lines, i, out last);
                for (var n = 0; n < sentences.Count; n++)
                {
                    var isAnnouncing = announced is not null && n == sentences.Count - 1;
                    yield return (isAnnouncing ? $"{lines[i][sentences[n]]}\n{announced}" : lines[i][sentences[n]], isAnnouncing);
                }

                if (announced is not null) i = last;
            }
        }
    }

    // Code as far as it fits; of anything else all or nothing, for half a list misleads.
    private static string? Announced(List<string> lines, int line, out int last)
    {
        last = line;
        if (lines[line][^1] is not (':' or '：')) return null;
        var from = line + 1;
        if (from < lines.Count && lines[from].Length == 0) from++;
        var to = from;
        var length = 0;
        while (to < lines.Count && lines[to].Length > 0 && length + lines[to].Length <= LongestAnnounced) length += lines[to++].Length + 1;
        var isWhole = to == lines.Count || lines[to].Length == 0;
        if (to == from || IsRow(lines[from]) || !(isWhole || IsCode(lines[from]))) return null;
        last = to - 1;
        return string.Join('\n', lines[from..to]);
    }

    private static IEnumerable<string> Table(List<string> rows, string? title)
    {
        IEnumerable<string> head = title is null ? [] : [title];
        return rows.Sum(row => row.Length + 1) <= LongestTable
            ? [string.Join('\n', head.Concat(rows))]
            : rows.Skip(1).Select(row => string.Join('\n', head.Append(rows[0]).Append(row)));
    }

    // What stands right above a table, a blank line between them or none.
    private static string? TitleOf(List<string> lines, int table)
    {
        var above = table - 1;
        if (above >= 0 && lines[above].Length == 0) above--;
        return above >= 0 && lines[above].Length > 0 && IsLabel(lines[above]) ? lines[above] : null;
    }

    private static string? NextText(List<string> lines, int after) => lines.Skip(after + 1).FirstOrDefault(line => line.Length > 0);

    private static bool IsRow(string line) => line.Contains(" | ", StringComparison.Ordinal);

    private static bool IsLabel(string line) =>
        line.Length is > 0 and <= LongestLabel && !IsCode(line) && !IsRow(line) && !IsItem(line) && line[^1] is not ('.' or '!' or '?' or ':' or ';' or '。' or '！' or '？');

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
