namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Finds how a scan lies askew and puts it straight. Where lines are level, the dark of a page gathers in few rows.</summary>
internal static class Deskewing
{
    // Degrees. Tesseract follows lines that slope a little by itself; more than this is no scan but a photograph.
    private const double Tolerable = 0.6;
    private const double Most = 12;

    /// <summary>Below this share of dark pixels a page is empty but for dust.</summary>
    private const double Empty = 0.0002;

    /// <returns>The picture with its lines level; the same when they are; null when there is nothing on it.</returns>
    public static GrayImage? Straighten(GrayImage image)
    {
        var dark = Dark(image, out var share);
        if (share < Empty) return null;
        var angle = Angle(dark);
        return Math.Abs(angle) < Tolerable ? image : Rotate(image, angle);
    }

    /// <summary>There is nothing on it but dust.</summary>
    public static bool IsEmpty(GrayImage image)
    {
        Dark(image, out var share);
        return share < Empty;
    }

    /// <returns>Degrees by which lines fall to the right; negative when they rise.</returns>
    internal static double Angle(GrayImage image) => Angle(Dark(image, out _));

    private static double Angle(List<(int X, int Y)> dark)
    {
        if (dark.Count < 50) return 0;
        var height = dark.Max(p => p.Y) + 1;
        var width = dark.Max(p => p.X) + 1;
        var rough = Best(dark, width, height, 0, Most, 0.5);
        return Best(dark, width, height, rough, 0.5, 0.1);
    }

    private static double Best(List<(int X, int Y)> dark, int width, int height, double around, double reach, double step)
    {
        var steps = (int)Math.Round(reach / step);
        double best = around, highest = -1;
        for (var i = -steps; i <= steps; i++)
        {
            var angle = around + (i * step);
            if (Sharpness(dark, width, height, Math.Tan(angle * Math.PI / 180)) is var sharpness && sharpness > highest) (best, highest) = (angle, sharpness);
        }

        return best;
    }

    // How much neighbouring rows differ when the page is sheared back by this slope.
    private static double Sharpness(List<(int X, int Y)> dark, int width, int height, double slope)
    {
        var margin = (int)Math.Ceiling(Math.Abs(slope) * width) + 1;
        var rows = new int[height + (2 * margin) + 1];
        foreach (var (x, y) in dark) rows[(int)Math.Round(y - (slope * x)) + margin]++;
        double sum = 0;
        for (var i = 1; i < rows.Length; i++)
        {
            double difference = rows[i] - rows[i - 1];
            sum += difference * difference;
        }

        return sum;
    }

    // The dark spots of the page at a scale at which a line of text is some pixels high.
    private static List<(int X, int Y)> Dark(GrayImage image, out double share)
    {
        var scale = Math.Max(1, image.Width / 700);
        int width = image.Width / scale, height = image.Height / scale;
        var small = new byte[width * height];
        var shades = new int[256];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var dy = 0; dy < scale; dy++)
                    for (var dx = 0; dx < scale; dx++) sum += image.Pixels[(((y * scale) + dy) * image.Width) + (x * scale) + dx];
                var shade = (byte)(sum / (scale * scale));
                small[(y * width) + x] = shade;
                shades[shade]++;
            }
        }

        // Paper is the most frequent shade; ink is clearly darker than it.
        var paper = Array.IndexOf(shades, shades.Max());
        var limit = paper > 60 ? paper * 0.75 : 0;
        var dark = new List<(int, int)>();
        for (var i = 0; i < small.Length; i++)
            if (small[i] < limit) dark.Add((i % width, i / width));

        // On a dark page nothing is known of its ink.
        share = limit == 0 ? 1 : (double)dark.Count / Math.Max(small.Length, 1);
        return share > 0.4 ? [] : dark;
    }

    private static GrayImage Rotate(GrayImage image, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double centreX = image.Width / 2.0, centreY = image.Height / 2.0;
        var pixels = new byte[image.Pixels.Length];
        Array.Fill(pixels, (byte)255);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                double fromX = centreX + ((x - centreX) * cos) - ((y - centreY) * sin), fromY = centreY + ((x - centreX) * sin) + ((y - centreY) * cos);
                int left = (int)Math.Floor(fromX), top = (int)Math.Floor(fromY);
                if (left < 0 || top < 0 || left >= image.Width - 1 || top >= image.Height - 1) continue;
                double right = fromX - left, down = fromY - top;
                var at = (top * image.Width) + left;
                pixels[(y * image.Width) + x] = (byte)(((((image.Pixels[at] * (1 - right)) + (image.Pixels[at + 1] * right)) * (1 - down))
                    + (((image.Pixels[at + image.Width] * (1 - right)) + (image.Pixels[at + image.Width + 1] * right)) * down)) + 0.5);
            }
        }

        return new(image.Width, image.Height, pixels);
    }
}
