using System.Globalization;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Where a picture is that may show text.</summary>
internal static class ImageSource
{
    // What is declared smaller shows no sentences: icons, faces, ornaments.
    private const int FewestWide = 200, FewestHigh = 60;

    // Pages that load pictures late have the address here, and a place holder in "src".
    private static readonly string[] s_names = ["data-src", "data-original", "data-lazy-src", "src"];

    /// <returns>As the page has it; null when there is none, or the picture is too small.</returns>
    public static string? Of(Node image)
    {
        if (image.Attribute("role") is "presentation" or "none" || IsSmall(image, "width", FewestWide) || IsSmall(image, "height", FewestHigh)) return null;
        foreach (var name in s_names)
            if (LinkTarget.Clean(image.Attribute(name)) is { } source && !IsDrawing(source) && !IsOther(source)) return source;
        return null;
    }

    private static bool IsSmall(Node image, string side, int fewest) =>
        int.TryParse(image.Attribute(side)?.Replace("px", "", StringComparison.OrdinalIgnoreCase), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length < fewest;

    // Lines, not dots: nobody reads them here.
    private static bool IsDrawing(string source) => source.Split('?', '#')[0].EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static bool IsOther(string source) => source.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);
}
