using System.Text.RegularExpressions;
using Chatbot.Html;

namespace Chatbot.Ingestion.Extracting;

/// <summary>What the readers of text without markup share.</summary>
internal static partial class PlainText
{
    /// <exception cref="ExtractionFailedException">The bytes are no text.</exception>
    public static string Decode(ExtractionSource source)
    {
        if (source.Bytes.Span.Contains((byte)0) && !LooksLikeUtf16(source.Bytes.Span))
        {
            throw new ExtractionFailedException($"{source.Name} is called a text but holds binary data.");
        }

        return HtmlEncodingDetector.Decode(source.Bytes.Span, null);
    }

    /// <summary>Runs of lines between blank lines, each with single blanks.</summary>
    public static IEnumerable<string> Paragraphs(string text) => BlankLines().Split(text.ReplaceLineEndings("\n"))
        .Select(p => Blanks().Replace(p, " ").Trim())
        .Where(p => p.Length > 0);

    /// <summary>A file's name as a title: without folder, extension and underscores.</summary>
    public static string? TitleOf(string name)
    {
        var path = Uri.TryCreate(name, UriKind.Absolute, out var url) ? Uri.UnescapeDataString(url.AbsolutePath) : name;
        var title = Path.GetFileNameWithoutExtension(path).Replace('_', ' ').Trim();
        return title.Length > 0 ? title : null;
    }

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
