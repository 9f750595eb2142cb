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

    private static double Angle(DarkSpots dark)
    {
        if (dark.Count < 50) return 0;
        var rough = Best(dark, 0, Most, 0.5);
        return Best(dark, rough, 0.5, 0.1);
    }

    private static double Best(DarkSpots dark, double around, double reach, double step)
    {
        var steps = (int)Math.Round(reach / step);
        double best = around, highest = -1;
        for (var i = -steps; i <= steps; i++)
        {
            var angle = around + (i * step);
            if (Sharpness(dark, Math.Tan(angle * Math.PI / 180)) is var sharpness && sharpness > highest) (best, highest) = (angle, sharpness);
        }

        return best;
    }

    // How much neighbouring rows differ when the page is sheared back by this slope.
    private static double Sharpness(DarkSpots dark, double slope)
    {
        var margin = (int)Math.Ceiling(Math.Abs(slope) * dark.Width) + 1;
        var rows = new int[dark.Height + (2 * margin) + 1];
        // Fifty thousand spots at sixty slopes: how far a column goes is worked out once, not for each of its spots.
        var shifts = new int[dark.Width];
        for (var x = 0; x < shifts.Length; x++) shifts[x] = margin - (int)Math.Round(slope * x);
        foreach (var (x, y) in dark.Spots.AsSpan(0, dark.Count)) rows[y + shifts[x]]++;
        double sum = 0;
        for (var i = 1; i < rows.Length; i++)
        {
            double difference = rows[i] - rows[i - 1];
            sum += difference * difference;
        }

        return sum;
    }

    // The dark spots of the page at a scale at which a line of text is some pixels high.
    private static DarkSpots Dark(GrayImage image, out double share)
    {
        var scale = Math.Max(1, image.Width / 700);
        int width = image.Width / scale, height = image.Height / scale;
        var small = scale == 1 ? image.Pixels : Shrink(image, scale, width, height);
        var shades = new int[256];
        foreach (var shade in small) shades[shade]++;

        // Paper is the most frequent shade; ink is clearly darker than it.
        var paper = Array.IndexOf(shades, shades.Max());
        var limit = paper > 60 ? paper * 0.75 : 0;
        var count = 0;
        for (var shade = 0; shade < limit; shade++) count += shades[shade];

        // On a dark page nothing is known of its ink.
        share = limit == 0 ? 1 : (double)count / Math.Max(small.Length, 1);
        if (share > 0.4) return new([], 0, width, height);
        var spots = new (int, int)[count];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            var row = small.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
                if (row[x] < limit) spots[at++] = (x, y);
        }

        return new(spots, at, width, height);
    }

    private static byte[] Shrink(GrayImage image, int scale, int width, int height)
    {
        var small = new byte[width * height];
        var sums = new int[width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var dy = 0; dy < scale; dy++)
            {
                var row = image.Pixels.AsSpan(((y * scale) + dy) * image.Width, width * scale);
                var at = 0;
                for (var x = 0; x < sums.Length; x++)
                    for (var dx = 0; dx < scale; dx++) sums[x] += row[at++];
            }

            for (var x = 0; x < sums.Length; x++) small[(y * width) + x] = (byte)(sums[x] / (scale * scale));
        }

        return small;
    }

    private static GrayImage Rotate(GrayImage image, double degrees)
    {
        // In parts of 65,536: a page has four million dots, and floating point took three times as long.
        const int One = 1 << 16;
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double centreX = image.Width / 2.0, centreY = image.Height / 2.0;
        int across = (int)Math.Round(cos * One), down = (int)Math.Round(sin * One);
        var source = image.Pixels;
        var pixels = new byte[source.Length];
        Array.Fill(pixels, (byte)255);
        for (var y = 0; y < image.Height; y++)
        {
            var fromX = (long)Math.Round((centreX - (centreX * cos) - ((y - centreY) * sin)) * One);
            var fromY = (long)Math.Round((centreY - (centreX * sin) + ((y - centreY) * cos)) * One);
            var row = pixels.AsSpan(y * image.Width, image.Width);
            for (var x = 0; x < row.Length; x++, fromX += across, fromY += down)
            {
                int left = (int)(fromX >> 16), top = (int)(fromY >> 16);
                if ((uint)left >= (uint)(image.Width - 1) || (uint)top >= (uint)(image.Height - 1)) continue;
                int right = (int)(fromX >> 8) & 255, below = (int)(fromY >> 8) & 255;
                var at = (top * image.Width) + left;
                var upper = (source[at] * (256 - right)) + (source[at + 1] * right);
                var lower = (source[at + image.Width] * (256 - right)) + (source[at + image.Width + 1] * right);
                row[x] = (byte)(((upper * (256 - below)) + (lower * below) + (One / 2)) >> 16);
            }
        }

        return new(image.Width, image.Height, pixels);
    }

    private readonly record struct DarkSpots((int X, int Y)[] Spots, int Count, int Width, int Height);
}
