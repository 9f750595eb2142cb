using System.Globalization;
using System.Text;

namespace Chatbot.Tests.Ingestion.Extracting.Pdf;

/// <summary>Writes small PDF files: text at places in points from the upper left corner, and pictures over whole pages.</summary>
internal sealed class PdfDocument
{
    private const int Width = 595;
    private const int Height = 842;

    private readonly List<(string Content, byte[]? Picture, int PictureWidth, int PictureHeight, int Rotate, string Links)> _pages = [];
    private readonly StringBuilder _links = new();
    private StringBuilder _page = new();
    private int _rotate;

    /// <summary>More for the catalogue, such as a form.</summary>
    public string Catalog { get; set; } = "";

    /// <summary>More for the trailer, such as an encryption.</summary>
    public string Trailer { get; set; } = "";

    /// <summary>The title in its metadata; null leaves it out.</summary>
    public string? Title { get; set; }

    /// <param name="typewriter">In letters of 0.6 of their size.</param>
    public PdfDocument Text(double left, double top, string text, double size = 10, bool bold = false, int turned = 0, bool typewriter = false)
    {
        var (sin, cos) = Math.SinCos(turned * Math.PI / 180);
        _page.Append(CultureInfo.InvariantCulture, $"BT /{(typewriter ? "F3" : bold ? "F2" : "F1")} {size:0.##} Tf {cos:0.####} {sin:0.####} {-sin:0.####} {cos:0.####} {left:0.##} {Height - top:0.##} Tm ({Escape(text)}) Tj ET\n");
        return this;
    }

    /// <summary>A link on a rectangle of the page.</summary>
    public PdfDocument Link(double left, double top, double width, double height, string address)
    {
        _links.Append(CultureInfo.InvariantCulture, $"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{left:0.##} {Height - top - height:0.##} {left + width:0.##} {Height - top:0.##}] /A << /S /URI /URI ({Escape(address)}) >> >> ");
        return this;
    }

    /// <summary>Lines below each other.</summary>
    /// <returns>Where the next line would stand.</returns>
    public double Lines(double left, double top, IEnumerable<string> lines, double size = 10, double pitch = 1.25)
    {
        foreach (var line in lines)
        {
            Text(left, top, line, size);
            top += pitch * size;
        }

        return top;
    }

    /// <summary>A picture in grey over the whole page, below its text.</summary>
    public PdfDocument Page(int rotate = 0, byte[]? picture = null, int pictureWidth = 0, int pictureHeight = 0)
    {
        _rotate = rotate;
        _pages.Add(((picture is null ? "" : $"q {Width} 0 0 {Height} 0 0 cm /Im Do Q\n") + _page, picture, pictureWidth, pictureHeight, _rotate, _links.ToString()));
        _page = new();
        _links.Clear();
        return this;
    }

    public byte[] ToBytes()
    {
        if (_page.Length > 0) Page();
        using var file = new MemoryStream();
        var places = new List<long>();
        Write("%PDF-1.4\n");
        Add($"<< /Type /Catalog /Pages 2 0 R {Catalog} >>");
        Add($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', Enumerable.Range(0, _pages.Count).Select(p => $"{6 + (3 * p)} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Add(Title is null ? "<< >>" : $"<< /Title ({Escape(Title)}) /Author (Town hall) /CreationDate (D:20240301120000Z) >>");
        for (var i = 0; i < _pages.Count; i++)
        {
            var (content, picture, width, height, rotate, links) = _pages[i];
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Rotate {rotate} /Annots [{links}] /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >> /XObject << /Im {8 + (3 * i)} 0 R >> >> /Contents {7 + (3 * i)} 0 R >>");
            Add($"<< /Length {Encoding.Latin1.GetByteCount(content)} >>\nstream\n{content}\nendstream");
            AddPicture(picture ?? [255], picture is null ? 1 : width, picture is null ? 1 : height);
        }

        var start = file.Length;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) Write(string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));
        Write($"trailer << /Size {places.Count + 1} /Root 1 0 R /Info 5 0 R {Trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));

        void Add(string value)
        {
            places.Add(file.Length);
            Write($"{places.Count} 0 obj\n{value}\nendobj\n");
        }

        void AddPicture(byte[] pixels, int width, int height)
        {
            places.Add(file.Length);
            Write($"{places.Count} 0 obj\n<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {pixels.Length} >>\nstream\n");
            file.Write(pixels);
            Write("\nendstream\nendobj\n");
        }
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
