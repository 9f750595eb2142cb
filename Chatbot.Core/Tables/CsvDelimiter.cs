namespace Chatbot.Core.Tables;

/// <summary>Tells what stands between the cells of a CSV file. Pure.</summary>
public static class CsvDelimiter
{
    private const int Lines = 20;

    private static readonly char[] s_candidates = [';', '\t', ',', '|'];

    /// <returns>The delimiter, and where the cells begin: behind <c>sep=;</c>, which Excel takes as a hint.</returns>
    public static (char Delimiter, int Start) Find(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n')
            return (text[4], text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end + 1 : 6);

        // The one that cuts most lines into the same number of cells; of equals the one that cuts into more.
        var counts = Count(text);
        return (s_candidates.Select((candidate, i) => (candidate, Score: Score(counts, i))).MaxBy(found => found.Score).candidate, 0);
    }

    private static double Score(List<int[]> counts, int candidate)
    {
        var usual = counts.GroupBy(line => line[candidate]).Where(group => group.Key > 0).MaxBy(group => group.Count());
        return usual is null ? 0 : ((double)usual.Count() / counts.Count) + (Math.Min(usual.Key, 50) / 1_000.0);
    }

    // Outside of quotes, line by line.
    private static List<int[]> Count(string text)
    {
        var lines = new List<int[]>();
        var line = new int[s_candidates.Length];
        var (quoted, empty) = (false, true);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, 200_000)))
        {
            if (character == '"') quoted = !quoted;
            if (quoted) continue;
            if (character is '\n')
            {
                if (!empty) lines.Add(line);
                if (lines.Count == Lines) return lines;
                (line, empty) = (new int[s_candidates.Length], true);
                continue;
            }

            if (!char.IsWhiteSpace(character)) empty = false;
            if (Array.IndexOf(s_candidates, character) is >= 0 and var at) line[at]++;
        }

        if (!empty) lines.Add(line);
        return lines;
    }
}
