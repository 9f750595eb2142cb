using System.Globalization;
using System.Text;
using Chatbot.Ingestion.Extracting;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>How much memory this process takes to read a PDF of 500 full pages.</summary>
internal static class PdfMemory
{
    private const int Pages = 500;
    private const int LinesOfPage = 60;

    public static async Task MeasureAsync(Extractors extractors, TextWriter output, CancellationToken cancellationToken)
    {
        var extraction = await extractors.ReadAsync(new ExtractionSource(Make(), "pages.pdf", "application/pdf"), cancellationToken);
        var peak = (await File.ReadAllLinesAsync("/proc/self/status", cancellationToken)).First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"memory: {extraction.Pages} pages, {extraction.Blocks.Sum(b => (long)b.Text.Length)} characters, peak of this process {long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024} MB"));
    }

    // A PDF in its plainest form: a catalog, a font, and for each page its lines of text.
    private static byte[] Make()
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {Pages} /Kids [{string.Join(' ', Enumerable.Range(0, Pages).Select(p => $"{4 + (2 * p)} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        for (var page = 0; page < Pages; page++)
        {
            var text = new StringBuilder("BT /F1 10 Tf 13 TL 50 800 Td\n");
            for (var line = 0; line < LinesOfPage; line++)
                text.Append(CultureInfo.InvariantCulture, $"(Line {line} of page {page} says something about water, power, gas and heat, and the number {page * line}.) Tj T*\n");
            text.Append("ET");
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * page)} 0 R >>");
            Add($"<< /Length {text.Length} >>\nstream\n{text}\nendstream");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());

        void Add(string value)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{value}\nendobj\n");
        }
    }
}
