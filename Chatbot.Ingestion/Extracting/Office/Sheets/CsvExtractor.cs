using Chatbot.Core.Extractions;
using Chatbot.Core.Tables;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>Reads CSV files: one table, or questions with their answers.</summary>
internal sealed class CsvExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "csv/1";

    // Windows servers call CSV files Excel's.
    public bool Handles(ExtractionSource source) =>
        source.MediaType is "text/csv" or "application/csv" or "text/comma-separated-values" or "text/x-csv" or "text/tab-separated-values"
        || (source.MediaType is null or "text/plain" or "application/octet-stream" or "application/vnd.ms-excel" && source.Extension is "csv" or "tsv");

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        if (source.Bytes.IsEmpty) throw new ExtractionFailedException($"{source.Name} is empty.");
        var text = PlainText.Decode(source);
        return Task.FromResult(reading.Within(source, "a CSV file", token => Read(source.Name, text, token), cancellationToken));
    }

    private Extraction Read(string name, string text, CancellationToken cancellationToken)
    {
        var (delimiter, start) = CsvDelimiter.Find(text);
        var limits = new CellLimits(reading.Options);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (row, columns) in CsvCells.Read(text, start, delimiter, limits.Columns))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (columns > limits.Columns) limits.MissColumn();
            if (!limits.Takes(row)) break;
            rows.Add(row);
        }

        var header = rows.Count > 0 && TableBlocks.LooksLikeHeader(TrimEnd(rows[0]));
        List<Block> blocks = [.. TableBlocks.Of(rows, header, page: 0)];
        return new()
        {
            Title = PlainText.TitleOf(name),
            Language = LanguageDetector.Detect(string.Join('\n', blocks.Take(20).Select(block => block.Text.Length > 4_000 ? block.Text[..4_000] : block.Text))),
            Blocks = blocks,
            Note = limits.Note,
        };
    }

    private static List<string> TrimEnd(IReadOnlyList<string> row)
    {
        var cells = row.Select(cell => cell.Trim()).ToList();
        while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
        return cells;
    }
}
