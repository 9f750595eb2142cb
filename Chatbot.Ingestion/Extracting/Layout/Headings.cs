using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Finds the headings among the pieces, by the document's own table of contents, the size of their type and bold type.</summary>
internal sealed partial class Headings(TypeScale scale, IReadOnlyList<OutlineEntry> outline)
{
    private const int LongestHeading = 200;
    private const int DeepestLevel = 6;

    private readonly ILookup<int, (string Title, int Level)> _outline = outline.ToLookup(e => e.Page, e => (Plain(e.Title), e.Level));

    public IReadOnlyList<Block> ToBlocks(IReadOnlyList<Piece> pieces)
    {
        var kinds = new Kind[pieces.Count];
        for (var i = 0; i < pieces.Count; i++) kinds[i] = KindOf(pieces[i], i + 1 < pieces.Count ? pieces[i + 1] : null);
        var sizes = pieces.Where((_, i) => kinds[i] == Kind.Large).Select(p => Math.Round(p.Size)).Distinct().OrderDescending().ToList();
        var blocks = new List<Block>(pieces.Count);
        var indents = new List<double>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.Kind != BlockKind.ListItem) indents.Clear();
            blocks.Add(kinds[i] == Kind.None
                ? ToBlock(piece, indents)
                : new Block { Kind = BlockKind.Heading, Text = piece.Text, Page = piece.Page, Level = Math.Clamp(LevelOf(piece, kinds[i], sizes), 1, DeepestLevel) });
        }

        return blocks;
    }

    private static Block ToBlock(Piece piece, List<double> indents) => new()
    {
        Kind = piece.Kind == BlockKind.Paragraph && Caption().IsMatch(piece.Text) && piece.Text.Length < 300 ? BlockKind.Caption : piece.Kind,
        Text = piece.Text,
        Page = piece.Page,
        Level = piece.Kind == BlockKind.ListItem ? Nesting(indents, piece) : 0,
        Rows = piece.Table?.Rows,
        HasHeader = piece.Table?.HasHeader ?? false,
        PageRows = piece.Table is { PageRows.Count: > 0 } table ? table.PageRows : null,
    };

    // The indentation of the items before tells how deep this one is.
    private static int Nesting(List<double> indents, Piece item)
    {
        indents.RemoveAll(indent => indent > item.Left + (0.5 * item.Size));
        if (indents.Count == 0 || indents[^1] < item.Left - (0.5 * item.Size)) indents.Add(item.Left);
        return Math.Min(indents.Count, DeepestLevel);
    }

    private Kind KindOf(Piece piece, Piece? next)
    {
        if (piece.Kind is not (BlockKind.Paragraph or BlockKind.ListItem) || piece.Text.Length > LongestHeading || !piece.Text.Any(char.IsLetter)) return Kind.None;
        if (InOutline(piece) is not null) return Kind.Outline;
        if (piece.Kind == BlockKind.ListItem && !char.IsLetterOrDigit(piece.Text[0])) return Kind.None;
        if (piece.Lines > 4 || piece.Text[^1] is ',' or ';' or '-') return Kind.None;
        if (piece.Size >= (piece.IsOcr ? 1.4 : 1.14) * scale.Body && (piece.Text[^1] != '.' || piece.Text.Length < 80)) return Kind.Large;
        var stands = next is not null && !next.Bold && next.Kind is not BlockKind.Footnote;
        return piece.Bold && !scale.MostlyBold && stands && piece.Lines <= 2 && piece.Size >= 0.95 * scale.Body && piece.Text[^1] is not ('.' or ':') ? Kind.Bold : Kind.None;
    }

    private int LevelOf(Piece piece, Kind kind, List<double> sizes) => kind switch
    {
        Kind.Outline => InOutline(piece)!.Value,
        Kind.Large => sizes.IndexOf(Math.Round(piece.Size)) + 1,
        _ => sizes.Count + 1,
    };

    private int? InOutline(Piece piece)
    {
        if (!_outline.Contains(piece.Page)) return null;
        var plain = Plain(piece.Text);
        foreach (var (title, level) in _outline[piece.Page])
            if (title.Length > 2 && (title == plain || (plain.EndsWith(title, StringComparison.Ordinal) && plain.Length - title.Length <= 6 && plain[..^title.Length].All(char.IsDigit))))
                return level;
        return null;
    }

    private static string Plain(string text) => NoWord().Replace(text, "").ToUpperInvariant();

    private enum Kind
    {
        None,
        Outline,
        Large,
        Bold,
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"^(?:Abbildung|Abb\.|Figure|Fig\.|Tabelle|Tab\.|Table|Tableau|图|表)\s*\d", RegexOptions.IgnoreCase)]
    private static partial Regex Caption();
}
