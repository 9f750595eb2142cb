using System.Text.RegularExpressions;

namespace Chatbot.Web.Chat;

/// <summary>
/// Lays out an answer's plain text: paragraphs, headings, lists, tables and code by the look of their lines. What the text says of itself
/// otherwise stays text. <c>answer.js</c> does the same in the browser.
/// </summary>
internal static partial class AnswerText
{
    /// <summary>Behind a sentence that the sources do not bear out.</summary>
    public const string Doubt = "[?]";

    private const string Fence = "```";

    public static IReadOnlyList<AnswerBlock> Parse(string text)
    {
        var blocks = new List<AnswerBlock>();
        var run = new List<string>();
        var kind = LineKind.Blank;
        List<string>? code = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                Close(blocks, kind, run);
                kind = LineKind.Blank;
                if (code is not null) blocks.Add(new AnswerBlock.Code(string.Join('\n', code)));
                code = code is null ? [] : null;
                continue;
            }

            if (code is not null)
            {
                code.Add(line);
                continue;
            }

            var found = KindOf(line);
            if (found != kind)
            {
                Close(blocks, kind, run);
                kind = found;
            }

            run.Add(line.Trim());
        }

        Close(blocks, kind, run);
        // Its end has not come yet, or was forgotten.
        if (code is not null) blocks.Add(new AnswerBlock.Code(string.Join('\n', code).TrimEnd()));
        return blocks;
    }

    /// <summary>The text cut at its references: each part is text, or the number of a citation.</summary>
    public static IEnumerable<(string Text, int? Number)> SplitReferences(string line)
    {
        var from = 0;
        foreach (Match match in Reference().Matches(line))
        {
            yield return (line[from..match.Index], null);
            yield return (match.Value, int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            from = match.Index + match.Length;
        }

        yield return (line[from..], null);
    }

    /// <summary>
    /// Cuts a line at its references, and what is before a reference at the words on which its source has a link. Where a
    /// line has none, the links of all sources count.
    /// </summary>
    public static IEnumerable<AnswerPiece> SplitLine(string line, IReadOnlyList<ChatCitation> citations)
    {
        var parts = SplitReferences(line).Select(part => (part.Text, Source: part.Number is { } number ? citations.FirstOrDefault(c => c.Number == number) : null)).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Source is { } source)
            {
                yield return new(parts[i].Text, source, null);
                continue;
            }

            var next = parts.Skip(i + 1).FirstOrDefault(part => part.Source is not null).Source;
            foreach (var piece in SplitLinks(parts[i].Text, next is null ? citations : [next])) yield return piece;
        }
    }

    private static IEnumerable<AnswerPiece> SplitLinks(string text, IEnumerable<ChatCitation> sources)
    {
        // Each link once, where its words stand first; longer ones before those that are part of them.
        var places = new List<(int Start, ChatLink Link)>();
        foreach (var link in sources.SelectMany(source => source.Links ?? []).Where(link => link.Text.Length > 0 && link.SafeUrl is not null).OrderByDescending(link => link.Text.Length))
        {
            var start = text.IndexOf(link.Text, StringComparison.Ordinal);
            while (start >= 0 && places.Exists(p => start < p.Start + p.Link.Text.Length && p.Start < start + link.Text.Length))
                start = text.IndexOf(link.Text, start + 1, StringComparison.Ordinal);
            if (start >= 0) places.Add((start, link));
        }

        var at = 0;
        foreach (var (start, link) in places.OrderBy(place => place.Start))
        {
            if (start > at) yield return new(text[at..start], null, null);
            yield return new(link.Text, null, link);
            at = start + link.Text.Length;
        }

        if (at < text.Length) yield return new(text[at..], null, null);
    }

    private static LineKind KindOf(string line) => line.Trim() switch
    {
        "" => LineKind.Blank,
        ['|', .., '|'] => LineKind.Row,
        var heading when Heading().IsMatch(heading) => LineKind.Heading,
        var item when Bullet().IsMatch(item) => LineKind.Bullet,
        var item when Numbered().IsMatch(item) => LineKind.Numbered,
        // Tables that are quoted from a page come without outer bars.
        var row when row.Contains(" | ", StringComparison.Ordinal) => LineKind.Row,
        _ => LineKind.Text,
    };

    private static void Close(List<AnswerBlock> blocks, LineKind kind, List<string> lines)
    {
        if (kind == LineKind.Text) blocks.Add(new AnswerBlock.Paragraph([.. lines]));
        if (kind == LineKind.Heading) blocks.AddRange(lines.Select(line => new AnswerBlock.Heading(Heading().Replace(line, ""))));
        if (kind == LineKind.Bullet) blocks.Add(new AnswerBlock.Items(false, [.. lines.Select(line => Bullet().Replace(line, ""))]));
        if (kind == LineKind.Numbered) blocks.Add(new AnswerBlock.Items(true, [.. lines.Select(line => Numbered().Replace(line, ""))]));
        if (kind == LineKind.Row) blocks.Add(new AnswerBlock.Table([.. lines.Where(line => !Ruler().IsMatch(line)).Select(Cells)]));
        lines.Clear();
    }

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex(@"\[(\d{1,3})\]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^#{1,6}\s+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[-*•]\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\d{1,3}[.)]\s+")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\|[\s:|-]+\|$")]
    private static partial Regex Ruler();

    private enum LineKind
    {
        Blank,
        Text,
        Heading,
        Bullet,
        Numbered,
        Row,
    }
}
