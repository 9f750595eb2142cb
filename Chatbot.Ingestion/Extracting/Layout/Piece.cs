using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>A block in the making: its lines are joined, its neighbours on other pages may belong to it.</summary>
internal sealed class Piece
{
    public required BlockKind Kind { get; set; }

    public required string Text { get; set; }

    public required int Page { get; init; }

    /// <summary>Of its type, in points.</summary>
    public required double Size { get; init; }

    public required double Left { get; init; }

    public required double Top { get; init; }

    public bool Bold { get; init; }

    public int Lines { get; set; } = 1;

    public int Level { get; set; }

    public Table? Table { get; set; }

    /// <summary>The page it ends on, as far as it is a table.</summary>
    public int EndPage => Page + (Table?.PageRows.Count ?? 0);

    /// <summary>Its last line is as long as its column is wide, so that the text may go on elsewhere.</summary>
    public bool EndsFull { get; set; }

    /// <summary>Its first line is indented: it does not go on with anything.</summary>
    public bool Indented { get; init; }

    /// <summary>Read by OCR, where sizes are rough.</summary>
    public bool IsOcr { get; init; }

    public bool EndsSentence => Text.TrimEnd('"', '“', '”', '«', '»', ')', '’', '\'') is [.., '.' or '!' or '?' or ':' or '。' or '！' or '？' or '：' or ';'];
}
