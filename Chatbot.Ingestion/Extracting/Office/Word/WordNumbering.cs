using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>Counts the items of lists and numbered headings as they come. Not thread-safe.</summary>
internal sealed partial class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<int, Level[]> _lists = [];
    private readonly Dictionary<int, (int List, Dictionary<int, int> Starts)> _uses = [];
    private readonly Dictionary<int, int[]> _counts = [];
    private readonly HashSet<(int, int)> _restarted = [];

    public WordNumbering(XElement? root)
    {
        foreach (var list in root.Children("abstractNum"))
        {
            if (list.Number("abstractNumId") is not { } id) continue;
            var levels = Enumerable.Repeat(Level.Bullet, Levels).ToArray();
            foreach (var level in list.Children("lvl"))
                if (level.Number("ilvl") is >= 0 and < Levels and var at)
                    levels[at] = new(level.Child("numFmt").Attr("val") ?? "decimal", level.Child("lvlText").Attr("val") ?? "", level.Child("start").Number("val") ?? 1);
            _lists.TryAdd(id, levels);
        }

        foreach (var use in root.Children("num"))
        {
            if (use.Number("numId") is not { } id || use.Child("abstractNumId").Number("val") is not { } list) continue;
            var starts = new Dictionary<int, int>();
            foreach (var change in use.Children("lvlOverride"))
                if (change.Number("ilvl") is { } level && change.Child("startOverride").Number("val") is { } start) starts.TryAdd(level, start);
            _uses.TryAdd(id, (list, starts));
        }
    }

    /// <summary>Counts one item.</summary>
    /// <param name="level">From 0.</param>
    /// <returns>What stands before its text, "2.1." or "§ 3"; empty for bullets; null when there is no such list.</returns>
    public string? Next(int use, int level)
    {
        if (!_uses.TryGetValue(use, out var known) || !_lists.TryGetValue(known.List, out var levels)) return null;
        level = Math.Clamp(level, 0, Levels - 1);
        if (!_counts.TryGetValue(known.List, out var counts)) _counts[known.List] = counts = new int[Levels];
        if (known.Starts.TryGetValue(level, out var start) && _restarted.Add((use, level))) counts[level] = start - 1;
        else if (counts[level] == 0) counts[level] = levels[level].Start - 1;
        counts[level]++;
        Array.Clear(counts, level + 1, Levels - level - 1);
        if (levels[level].Format is "bullet" or "none") return "";
        return Places().Replace(levels[level].Text, place =>
        {
            var at = place.Value[1] - '1';
            return ListNumbers.Write(at == level || counts[at] > 0 ? counts[at] : levels[at].Start, levels[at].Format);
        }).Trim();
    }

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Places();

    /// <param name="Text">With <c>%1</c> to <c>%9</c> for the numbers of the levels.</param>
    private sealed record Level(string Format, string Text, int Start)
    {
        public static readonly Level Bullet = new("bullet", "", 1);
    }
}
