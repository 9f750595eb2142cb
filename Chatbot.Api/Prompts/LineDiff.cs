namespace Chatbot.Api.Prompts;

/// <summary>What changed between two texts, line by line: the longest common subsequence stays. Pure.</summary>
internal static class LineDiff
{
    // A table of 4 million cells is made in a few milliseconds; templates have some hundred lines at most.
    private const int MostLines = 2_000;

    public static IReadOnlyList<DiffLine> Compare(string before, string after)
    {
        var (old, fresh) = (Lines(before), Lines(after));
        var common = new int[old.Length + 1, fresh.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = fresh.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var lines = new List<DiffLine>();
        var (o, f) = (0, 0);
        while (o < old.Length || f < fresh.Length)
        {
            if (o < old.Length && f < fresh.Length && old[o] == fresh[f])
            {
                lines.Add(new(DiffKind.Same, old[o++]));
                f++;
            }
            else if (o < old.Length && (f == fresh.Length || common[o + 1, f] >= common[o, f + 1]))
            {
                lines.Add(new(DiffKind.Removed, old[o++]));
            }
            else
            {
                lines.Add(new(DiffKind.Added, fresh[f++]));
            }
        }

        return lines;
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Take(MostLines)];
}

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

public sealed record DiffLine(DiffKind Kind, string Text);
