namespace Chatbot.Core.Extractions;

/// <summary>Links that go with a text through what is done to it. Pure.</summary>
public static class TextLinks
{
    /// <returns>The links as they are in a text that has <paramref name="by"/> more characters before it; null when there are none.</returns>
    public static IReadOnlyList<TextLink>? Shift(IReadOnlyList<TextLink>? links, int by) =>
        links is not { Count: > 0 } ? null : by == 0 ? links : [.. links.Select(link => link with { Start = link.Start + by })];

    /// <returns>Those on a part of the text, as they are in that part alone: cut off where it ends.</returns>
    public static IEnumerable<TextLink> Within(IReadOnlyList<TextLink>? links, int start, int length)
    {
        foreach (var link in links ?? [])
        {
            var (from, to) = (Math.Max(link.Start, start), Math.Min(link.Start + link.Length, start + length));
            if (from < to) yield return link with { Start = from - start, Length = to - from };
        }
    }

    /// <summary>
    /// The links of a piece that was cut out of a text along its lines, with other lines (a table's header) before it perhaps.
    /// </summary>
    /// <param name="from">Where to look for it; moves on behind it.</param>
    public static IReadOnlyList<TextLink>? OfPiece(string text, IReadOnlyList<TextLink>? links, string piece, ref int from)
    {
        if (links is not { Count: > 0 }) return null;
        var found = new List<TextLink>();
        var at = 0;
        foreach (var line in piece.Split('\n'))
        {
            var start = text.IndexOf(line, from, StringComparison.Ordinal);
            // A header that is repeated stands before what was read already.
            if (start < 0) start = text.IndexOf(line, StringComparison.Ordinal);
            else from = start + line.Length;
            if (start >= 0) found.AddRange(Within(links, start, line.Length).Select(link => link with { Start = link.Start + at }));
            at += line.Length + 1;
        }

        return found.Count == 0 ? null : found;
    }
}
