using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Tells whether a table at the top of a page goes on with the one at the end of the page before, and puts them together.</summary>
internal static partial class TableJoin
{
    // More is a directory: its parts are found as well.
    private const int MostRows = 5_000;

    private const int LongestNote = 120;

    /// <returns>The table over both pages; null when these are two.</returns>
    public static Table? Of(Piece above, Piece below)
    {
        if (above.Table is not { } first || below.Table is not { } next || above.EndPage + 1 != below.Page) return null;
        if (first.Rows.Count + next.Rows.Count > MostRows || !StandAlike(first.Columns, next.Columns)) return null;
        // The header again, in whatever way its words were broken.
        var isRepeated = first.HasHeader && Same(first.Rows[0], next.Rows[0]);
        if (next.IsHeaderBold && !isRepeated) return null;
        return first with
        {
            Rows = [.. first.Rows, .. next.Rows.Skip(isRepeated ? 1 : 0)],
            PageRows = [.. first.PageRows, first.Rows.Count],
        };
    }

    /// <summary>"Table 3 (continued)" says nothing once the table is one.</summary>
    public static bool IsNote(Piece piece) => piece.Kind == BlockKind.Paragraph && piece.Text.Length <= LongestNote && Continued().IsMatch(piece.Text);

    private static bool StandAlike(IReadOnlyList<Gap> one, IReadOnlyList<Gap> other)
    {
        if (one.Count != other.Count) return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (one[i].From >= other[i].To || other[i].From >= one[i].To) return false;
            if (i > 0 && (one[i].From < other[i - 1].To || other[i].From < one[i - 1].To)) return false;
        }

        return true;
    }

    private static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other) => Letters(one) == Letters(other);

    private static string Letters(IReadOnlyList<string> cells) => string.Concat(string.Join('|', cells).Where(c => char.IsLetterOrDigit(c) || c == '|'));

    [GeneratedRegex(@"\b(?:continued|cont['’]?d|fortsetzung|fortgesetzt|suite|continuación|segue|vervolg)\b|续表|（续）|\(续\)", RegexOptions.IgnoreCase)]
    private static partial Regex Continued();
}
