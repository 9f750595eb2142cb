using System.Globalization;
using System.IO.Compression;
using System.Text;
using Chatbot.Tests.Ingestion.Extracting.Pdf;

namespace Chatbot.Tests.Ingestion.Extracting;

/// <summary>Documents that are broken or hostile, the same for the same number.</summary>
internal static class BrokenInput
{
    private const int Kinds = 16;

    private static readonly byte[] GoodPdf = MakePdf();
    private static readonly byte[] GoodHtml = Encoding.UTF8.GetBytes(
        $"<!DOCTYPE html><html lang=en><title>Fees</title><body><main><h1>Fees</h1>{string.Concat(Enumerable.Range(0, 40).Select(i => $"<p>Paragraph {i} says what <a href=/fee/{i}>fee {i}</a> costs.</p><table><tr><td>{i}<td>{i * 3} euros</table>"))}</main></body></html>");

    private static readonly byte[] GoodRtf = Encoding.ASCII.GetBytes(
        @"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Cyr;}}{\stylesheet{\s1\outlinelevel0 heading 1;}}\pard\s1 Fees\par\pard "
        + string.Concat(Enumerable.Range(0, 60).Select(i => $@"Fee {i} is \u8364?{i}, said \'fcber {{\b all}}.{{\footnote Note {i}}}\par\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row\pard ")) + "}");

    /// <returns>A file name, which may tell a wrong type, and the bytes.</returns>
    public static (string Name, byte[] Bytes) Make(int number)
    {
        var random = new Random(number);
        // One of each kind in full size, the others smaller, so that all together take seconds.
        var size = number < Kinds ? 1_000_000 : random.Next(1_000, 50_000);
        return (number % Kinds) switch
        {
            0 => ("cut.pdf", GoodPdf[..random.Next(GoodPdf.Length)]),
            1 => ("flipped.pdf", Flip(GoodPdf, random)),
            2 => ("renamed.pdf", Renamed(random)),
            3 => ("password.pdf", Protected(random)),
            4 => ("bomb.pdf", Bomb(number < Kinds ? 200 : random.Next(1, 12), random.Next(2) == 0)),
            5 => ("nested.pdf", Raw($"<< /Type /Catalog /Pages {Repeat(random.Next(2) == 0 ? "[" : "<< /A ", size)}")),
            6 => ("columns.pdf", Columns(Math.Min(size, 10_000))),
            7 => ("cut.html", GoodHtml[..random.Next(GoodHtml.Length)]),
            8 => ("flipped.html", Flip(GoodHtml, random)),
            9 => ("nested.html", Encoding.UTF8.GetBytes($"<!DOCTYPE html><body>{Repeat(random.Next(3) switch { 0 => "<div>", 1 => "<b><i>", _ => "<table><tr><td>" }, size)}deep")),
            10 => ("columns.html", Encoding.UTF8.GetBytes($"<!DOCTYPE html><body><main><table>{Repeat($"<tr>{Repeat("<td>7", Math.Min(size, 10_000))}", 3)}</table></main>")),
            11 => ("cut.rtf", GoodRtf[..random.Next(GoodRtf.Length)]),
            12 => ("flipped.rtf", Flip(GoodRtf, random)),
            13 => ("nested.rtf", Encoding.ASCII.GetBytes(@"{\rtf1 " + Repeat(random.Next(2) == 0 ? "{" : @"{\*\shpinst{\b deep ", size))),
            14 => (random.Next(2) == 0 ? "bomb.docx" : "bomb.ods", ZipBomb(number < Kinds ? 300 : random.Next(1, 20))),
            _ => ("renamed.html", random.Next(2) == 0 ? GoodPdf : Noise(random, size)),
        };
    }

    private static byte[] ZipBomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, start) in new[] { ("word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>"), ("content.xml", "<d xmlns:t='t'><body><spreadsheet><t:table><t:table-row><t:table-cell><t:p>") })
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.ASCII.GetBytes(start));
                var words = Encoding.ASCII.GetBytes(Repeat("boom ", 200_000));
                for (var i = 0; i < megabytes; i++) part.Write(words);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var flipped = bytes.ToArray();
        for (var i = random.Next(1, 200); i > 0; i--) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Renamed(Random random) => random.Next(4) switch
    {
        0 => GoodHtml,
        1 => [0x50, 0x4B, 3, 4, .. Noise(random, 2_000)],
        2 => [0x89, .. "PNG\r\n\u001a\n"u8, .. Noise(random, 2_000)],
        _ => [.. "%PDF-1.7\n"u8, .. Noise(random, 5_000)],
    };

    private static byte[] Protected(Random random)
    {
        var (version, revision) = random.Next(3) switch { 0 => (1, 2), 1 => (2, 3), _ => (4, 4) };
        var filters = version == 4 ? "/CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF" : "";
        var pdf = new PdfDocument { Trailer = $"/Encrypt << /Filter /Standard /V {version} /R {revision} /Length 128 /P -44 /O <{Hex()}> /U <{Hex()}> {filters} >> /ID [<00> <00>]" };
        pdf.Text(60, 60, "Nobody reads this.");
        return pdf.ToBytes();

        string Hex() => Convert.ToHexString(Noise(random, 32));
    }

    // A page whose text is packed: blanks that unpack to many megabytes, or letters in as many words.
    private static byte[] Bomb(int megabytes, bool blanks)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("BT /F1 10 Tf 60 700 Td (Before the bomb.) Tj\n"u8);
            var part = Encoding.ASCII.GetBytes(Repeat(blanks ? "          " : "(boom) Tj\n", 100_000));
            for (var i = 0; i < megabytes; i++) zip.Write(part);
            zip.Write("ET"u8);
        }

        var content = Encoding.Latin1.GetString(packed.ToArray());
        return Raw(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents 4 0 R >>",
            $"<< /Filter /FlateDecode /Length {content.Length} >>\nstream\n{content}\nendstream");
    }

    private static byte[] Columns(int columns)
    {
        var pdf = new PdfDocument();
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < columns; column++) pdf.Text(column * 20, 60 + (row * 15), "7", 8);
        return pdf.ToBytes();
    }

    private static byte[] MakePdf()
    {
        var pdf = new PdfDocument { Title = "Fees" };
        for (var page = 0; page < 3; page++)
        {
            pdf.Lines(60, 60, Enumerable.Range(0, 40).Select(i => $"Line {i} of page {page} tells what is to be paid for water and for gas."));
            pdf.Page();
        }

        return pdf.ToBytes();
    }

    private static byte[] Raw(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.5\n");
        var places = new List<int>();
        foreach (var value in objects)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{value}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
