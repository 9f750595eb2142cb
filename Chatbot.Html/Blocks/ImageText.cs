using System.Text.RegularExpressions;

namespace Chatbot.Html;

/// <summary>Tells whether the alternative text of a picture says something.</summary>
internal static partial class ImageText
{
    public static string? Of(Node image)
    {
        if (image.Attribute("alt") is not { } alt || alt.Length is < 12 or > 1_000) return null;
        if (image.Attribute("role") is "presentation" or "none" || IsSmall(image)) return null;
        var text = InlineText.Collapse(alt);
        // Three words at least: "logo", "image 1" and file names describe nothing.
        if (text.Count(c => c == ' ') < 2 && !HasDenseScript(text)) return null;
        if (FileName().IsMatch(text)) return null;
        // The caption of a figure says it better, and a link's picture says where the link goes.
        for (var above = image.Parent; above is not null; above = above.Parent)
        {
            if (above.Name == "a") return null;
            if (above.Name == "figure") return above.Find("figcaption") is null ? text : null;
        }

        return text;
    }

    private static bool IsSmall(Node image) =>
        int.TryParse(image.Attribute("width"), out var width) && width < 50 && int.TryParse(image.Attribute("height"), out var height) && height < 50;

    private static bool HasDenseScript(string text) => text.Any(c => c is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF');

    [GeneratedRegex(@"\.(jpe?g|png|gif|webp|svg|avif)$|^https?:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
