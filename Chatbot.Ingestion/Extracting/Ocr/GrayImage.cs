using System.Globalization;
using System.Text;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>A picture in grey, a byte a pixel, row by row; 0 is black.</summary>
internal sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    private const int LargestSide = 20_000;

    /// <summary>Reads a binary PGM (P5) with 255 shades, as pdftoppm writes it.</summary>
    /// <returns>Null when it is none.</returns>
    public static GrayImage? FromPgm(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        if (Token() != "P5" || !Int(out var width) || !Int(out var height) || !Int(out var shades) || shades != 255) return null;
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide || bytes.Length - at < (long)width * height) return null;
        return new(width, height, bytes.Slice(at, width * height).ToArray());

        bool Int(out int value) => int.TryParse(Token(), NumberStyles.None, CultureInfo.InvariantCulture, out value);

        string Token()
        {
            var text = bytes.Span;
            while (at < text.Length && char.IsWhiteSpace((char)text[at])) at++;
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace((char)text[at]) && at - start < 10) at++;
            // One blank ends the header; the pixels follow.
            return Encoding.ASCII.GetString(text[start..at++]);
        }
    }

    /// <returns>As binary PGM.</returns>
    public byte[] ToPgm()
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{Width} {Height}\n255\n"));
        var bytes = new byte[head.Length + Pixels.Length];
        head.CopyTo(bytes, 0);
        Pixels.CopyTo(bytes, head.Length);
        return bytes;
    }

    /// <summary>Turned clockwise by a quarter, a half or three quarters.</summary>
    public GrayImage Turn(int degrees)
    {
        var turned = new byte[Pixels.Length];
        var (width, height) = degrees is 90 or 270 ? (Height, Width) : (Width, Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var to = degrees switch
                {
                    90 => (x * width) + (Height - 1 - y),
                    180 => ((Height - 1 - y) * width) + (Width - 1 - x),
                    270 => ((Width - 1 - x) * width) + y,
                    _ => (y * width) + x,
                };
                turned[to] = Pixels[(y * Width) + x];
            }
        }

        return new(width, height, turned);
    }
}
