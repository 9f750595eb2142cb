using System.Globalization;
using Chatbot.Ingestion.Extracting.Layout;
using Chatbot.Ingestion.Extracting.Pdf;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Reads what <c>tesseract … tsv</c> writes: a line for each block, paragraph, line and word.</summary>
internal sealed class TsvReading
{
    private const int MostWords = 50_000;

    // In heights of the line: wider space parts cells or columns.
    private const double Apart = 1.8;

    private readonly List<IReadOnlyList<TextRun>> _regions = [];
    private readonly List<TextRun> _line = [];
    private List<TextRun> _region = [];
    private double _confidence;
    private int _letters;
    private double _lineHeight;

    public static async Task<OcrReading> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var reading = new TsvReading();
        using var lines = new LineSource(output);
        var words = 0;
        while (await lines.ReadAsync(cancellationToken) is { } line)
            if (words++ < MostWords * 2) reading.Take(line.Split('\t'));
        reading.EndRegion();
        return new(reading._regions, reading._letters == 0 ? 0 : reading._confidence / reading._letters, reading._letters);
    }

    // level page block paragraph line word left top width height confidence text
    private void Take(string[] fields)
    {
        if (fields.Length < 12) return;
        switch (fields[0])
        {
            case "2":
                EndRegion();
                break;
            case "4":
                EndLine();
                _lineHeight = Number(fields[9]);
                break;
            case "5" when !string.IsNullOrWhiteSpace(fields[11]):
                double left = Number(fields[6]), top = Number(fields[7]), width = Number(fields[8]), height = Number(fields[9]);
                _line.Add(new(fields[11].Trim(), left, top, left + width, top + height, height));
                _confidence += Number(fields[10]) * fields[11].Length;
                _letters += fields[11].Length;
                break;
        }
    }

    private void EndRegion()
    {
        EndLine();
        if (_region.Count > 0) _regions.Add(_region);
        _region = [];
    }

    private void EndLine()
    {
        if (_line.Count == 0) return;
        // A line is as high as its highest letters; a rule or a speck beside it may be taken for a letter, so not the highest.
        var heights = _line.Select(w => w.Height).Order().ToList();
        var size = Math.Max(heights[heights.Count * 3 / 4], 1);
        var height = Math.Min(Math.Max(_lineHeight, size), 2 * size);
        var start = 0;
        for (var i = 1; i <= _line.Count; i++)
        {
            if (i < _line.Count && _line[i].Left - _line[i - 1].Right < Apart * size) continue;
            var part = _line[start..i];
            _region.Add(new(Join(part), part[0].Left, part.Min(w => w.Top), part.Max(w => w.Right), part.Max(w => w.Bottom), height));
            start = i;
        }

        _line.Clear();
    }

    // It sets Chinese characters apart like words.
    private static string Join(List<TextRun> words)
    {
        var text = words[0].Text;
        for (var i = 1; i < words.Count; i++)
            text = Glyphs.IsDense(text[^1]) && Glyphs.IsDense(words[i].Text[0]) ? text + words[i].Text : $"{text} {words[i].Text}";
        return text;
    }

    private static double Number(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : 0;
}
