namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>The white space beside and between lines, seen from above.</summary>
internal static class WhiteSpace
{
    /// <returns>The gaps between <paramref name="from"/> and <paramref name="to"/> that no line covers, from left to right.</returns>
    public static List<Gap> Beside(IReadOnlyList<TextRun> lines, double from, double to, double narrowest)
    {
        var gaps = new List<Gap>();
        var at = from;
        foreach (var line in lines.OrderBy(l => l.Left))
        {
            if (line.Left - at >= narrowest) gaps.Add(new(at, line.Left));
            at = Math.Max(at, line.Right);
        }

        if (to - at >= narrowest) gaps.Add(new(at, to));
        return gaps;
    }

    /// <returns>What is white in both, from left to right.</returns>
    public static List<Gap> Shared(IReadOnlyList<Gap> some, IReadOnlyList<Gap> others, double narrowest)
    {
        var shared = new List<Gap>();
        int i = 0, j = 0;
        while (i < some.Count && j < others.Count)
        {
            double from = Math.Max(some[i].From, others[j].From), to = Math.Min(some[i].To, others[j].To);
            if (to - from >= narrowest) shared.Add(new(from, to));
            if (some[i].To < others[j].To) i++;
            else j++;
        }

        return shared;
    }
}
