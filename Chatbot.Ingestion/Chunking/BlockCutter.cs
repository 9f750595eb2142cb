using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Ingestion.Chunking;

/// <summary>Cuts a block that is longer than a chunk may be: tables between rows, code between lines, text between sentences.</summary>
internal sealed class BlockCutter(ChunkLimits limits, string? language)
{
    /// <returns>The pieces with their links (null for none) and the page they begin on.</returns>
    public IEnumerable<(string Text, IReadOnlyList<TextLink>? Links, int Page)> Cut(Block block)
    {
        int from = 0, row = 0;
        foreach (var piece in Pieces(block))
        {
            var links = ReferenceEquals(piece, block.Text) ? block.Links : TextLinks.OfPiece(block.Text, block.Links, piece, ref from);
            yield return (piece, links, block.PageRows is { } rows ? block.Page + PagesBefore(block, rows, piece, ref row) : block.Page);
        }
    }

    private static int PagesBefore(Block table, IReadOnlyList<int> pageRows, string piece, ref int from)
    {
        var lines = piece.Split('\n');
        // The repeated header stands on the first page.
        var own = from > 0 && table.HasHeader && lines.Length > 1 ? lines[1] : lines[0];
        var start = table.Text.IndexOf(own, from, StringComparison.Ordinal);
        if (start < 0) return 0;
        from = start + own.Length;
        var row = table.Text.AsSpan(0, start).Count('\n');
        return pageRows.Count(first => first <= row);
    }

    private IEnumerable<string> Pieces(Block block)
    {
        if (block.Text.Length <= limits.Max) return [block.Text];
        var pieces = block.Kind switch
        {
            BlockKind.Table => CutTable(block),
            BlockKind.Code => Pack(block.Text.Split('\n'), ""),
            _ => CutText(block.Text),
        };
        return pieces.Where(piece => !string.IsNullOrWhiteSpace(piece));
    }

    private IEnumerable<string> CutTable(Block table)
    {
        var rows = table.Text.Split('\n');
        // A header that fills the chunk would leave no room for what it is the header of.
        var header = table.HasHeader && rows[0].Length <= limits.Target / 2 ? rows[0] : "";
        return Pack(header.Length > 0 ? rows[1..] : rows, header);
    }

    private IEnumerable<string> CutText(string text)
    {
        var start = 0;
        var end = 0;
        foreach (var sentence in Sentences.Split(text, language))
        {
            var (from, length) = sentence.GetOffsetAndLength(text.Length);
            if (from + length - start > limits.Target && end > start)
            {
                foreach (var piece in CutWords(text[start..end])) yield return piece;
                start = from;
            }

            end = from + length;
        }

        foreach (var piece in CutWords(text[start..end])) yield return piece;
    }

    private IEnumerable<string> Pack(IReadOnlyList<string> lines, string header)
    {
        var piece = new List<string>();
        var length = header.Length;
        foreach (var line in lines.SelectMany(l => CutWords(l, limits.Max - header.Length - 1)))
        {
            if (piece.Count > 0 && length + line.Length + 1 > limits.Target)
            {
                yield return Join(piece);
                piece.Clear();
                length = header.Length;
            }

            piece.Add(line);
            length += line.Length + 1;
        }

        if (piece.Count > 0) yield return Join(piece);

        string Join(List<string> some) => string.Join('\n', header.Length > 0 ? some.Prepend(header) : some).Trim('\n');
    }

    private IEnumerable<string> CutWords(string text) => CutWords(text, limits.Max);

    private static IEnumerable<string> CutWords(string text, int max)
    {
        while (text.Length > max)
        {
            var at = text.LastIndexOf(' ', max - 1, max / 2);
            // Without a blank the cut is anywhere but within a character.
            if (at <= 0) at = char.IsLowSurrogate(text[max]) ? max - 1 : max;
            yield return text[..at].TrimEnd();
            text = text[at..].TrimStart();
        }

        yield return text;
    }
}
