namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Takes the cells of large tables in, as far as the limits allow. Not thread-safe.</summary>
internal sealed class CellLimits(OfficeOptions options)
{
    private readonly long _most = options.MaxMillionCharacters * 1_000_000L;
    private int _rows;
    private long _characters;
    private bool _isWide;

    /// <summary>No more rows are wanted.</summary>
    public bool IsFull { get; private set; }

    public int Columns => options.MaxColumns;

    /// <summary>A column that is not read has words in it.</summary>
    public void MissColumn() => _isWide = true;

    /// <returns>False when the row is too much.</returns>
    public bool Takes(IReadOnlyList<string> row)
    {
        if (IsFull || _rows == options.MaxRows) return Full();
        foreach (var cell in row) _characters += cell.Length + 3;
        if (_characters > _most) return Full();
        _rows++;
        return true;
    }

    /// <returns>False when the text is too much.</returns>
    public bool TakesMore(string text)
    {
        _characters += text.Length;
        return _characters <= _most || Full();
    }

    /// <summary>What was left out; null when nothing was.</summary>
    public string? Note => (IsFull, _isWide) switch
    {
        (true, true) => $"Only the first {_rows} rows and {options.MaxColumns} columns were read.",
        (true, false) => $"Only the first {_rows} rows were read.",
        (false, true) => $"Only the first {options.MaxColumns} columns were read.",
        _ => null,
    };

    private bool Full()
    {
        IsFull = true;
        return false;
    }
}
