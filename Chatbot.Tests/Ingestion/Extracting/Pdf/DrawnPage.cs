using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Pdf;

/// <summary>A page as a scanner sees it: drawn by poppler, and perhaps laid askew or the wrong way round.</summary>
internal sealed record DrawnPage(byte[] Pixels, int Width, int Height)
{
    public static async Task<DrawnPage> OfAsync(PdfDocument pdf, int dpi = 150)
    {
        var start = new ProcessStartInfo("pdftoppm", ["-gray", "-r", dpi.ToString(CultureInfo.InvariantCulture), "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(pdf.ToBytes(), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        using var image = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(image, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var bytes = image.ToArray();
        var head = Encoding.ASCII.GetString(bytes, 0, 40).Split('\n');
        var size = head[1].Split(' ');
        int width = int.Parse(size[0], CultureInfo.InvariantCulture), height = int.Parse(size[1], CultureInfo.InvariantCulture);
        return new(bytes[^(width * height)..], width, height);
    }

    /// <summary>Turned around its middle, clockwise; what leaves the page is lost.</summary>
    public DrawnPage Askew(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var pixels = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                double dx = x - (Width / 2.0), dy = y - (Height / 2.0);
                int fromX = (int)Math.Round((dx * cos) + (dy * sin) + (Width / 2.0)), fromY = (int)Math.Round((dy * cos) - (dx * sin) + (Height / 2.0));
                pixels[(y * Width) + x] = fromX >= 0 && fromY >= 0 && fromX < Width && fromY < Height ? Pixels[(fromY * Width) + fromX] : (byte)255;
            }
        }

        return this with { Pixels = pixels };
    }

    public DrawnPage UpsideDown() => this with { Pixels = [.. Pixels.Reverse()] };

    /// <summary>As the page of another document.</summary>
    public PdfDocument AppendTo(PdfDocument pdf) => pdf.Page(picture: Pixels, pictureWidth: Width, pictureHeight: Height);
}
