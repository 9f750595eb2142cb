namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>The sizes of type in a document: what most of it is set in, and how far its lines are apart.</summary>
/// <param name="Body">Of running text, in points.</param>
/// <param name="Pitch">From one line to the next, in sizes of the font.</param>
/// <param name="MostlyBold">Bold says nothing here.</param>
/// <param name="MostlyMono">Typewriter type says nothing here.</param>
internal sealed record TypeScale(double Body, double Pitch, bool MostlyBold, bool MostlyMono)
{
    public static TypeScale Of(IEnumerable<IReadOnlyList<Row>> regions)
    {
        var sizes = new Dictionary<double, long>();
        var pitches = new List<double>();
        long all = 0, bold = 0, mono = 0;
        foreach (var rows in regions)
        {
            foreach (var row in rows)
            {
                var length = row.Parts.Sum(p => p.Text.Length);
                var size = Math.Round(row.Size * 3) / 3;
                sizes[size] = sizes.GetValueOrDefault(size) + length;
                all += length;
                if (row.Bold) bold += length;
                if (row.Mono) mono += length;
            }

            if (PitchOf(rows) is { } pitch) pitches.Add(pitch);
        }

        pitches.Sort();
        var body = sizes.Count == 0 ? 10 : sizes.MaxBy(s => s.Value).Key;
        return new(body, pitches.Count == 0 ? 1.5 : pitches[pitches.Count / 2], bold > 0.4 * all, mono > 0.5 * all);
    }

    /// <returns>From one line of a paragraph to the next, in sizes of the font; null when there are too few lines to tell.</returns>
    public static double? PitchOf(IReadOnlyList<Row> rows)
    {
        var distances = new List<double>();
        for (var i = 1; i < rows.Count; i++)
            if (Math.Abs(rows[i].Size - rows[i - 1].Size) < 0.05 * rows[i].Size && rows[i].Middle - rows[i - 1].Middle is var d && d > 0.7 * rows[i].Size && d < 3 * rows[i].Size)
                distances.Add(d / rows[i].Size);
        if (distances.Count < 4) return null;
        distances.Sort();
        return distances[distances.Count / 4];
    }
}
