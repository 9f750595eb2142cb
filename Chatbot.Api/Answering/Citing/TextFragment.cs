using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Citing;

/// <summary>
/// URLs that land on the words: text fragments (wicg.github.io/scroll-to-text-fragment) for pages, <c>#page=</c> for
/// documents with pages. Browsers that know no text fragments go to the anchor or the top. Pure.
/// </summary>
internal static class TextFragment
{
    // Up to here the whole text is named; a longer one by its ends, so that the URL stays readable.
    private const int LongestWhole = 60;

    // Words at either end: four are rarely twice on a page.
    private const int EndWords = 4;

    // The same for scripts without blanks, in characters.
    private const int EndCharacters = 8;

    /// <param name="url">Of the document; a fragment it has is replaced.</param>
    /// <param name="page">From 1; 0 for documents without pages.</param>
    /// <param name="anchor">Nearest above the text, for browsers that do not know text fragments.</param>
    /// <param name="text">What was cited, as extraction wrote it.</param>
    public static string Of(string url, int page, string? anchor, string text)
    {
        var address = url.Split('#')[0];
        if (page > 0)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address}#page={page}");
        var id = string.IsNullOrEmpty(anchor) ? "" : Uri.EscapeDataString(anchor);
        var directive = Directive(text);
        return directive.Length == 0
            ? id.Length == 0 ? address : $"{address}#{id}"
            : $"{address}#{id}:~:text={directive}";
    }

    private static string Directive(string text)
    {
        // Cells of a row are apart by a sign of ours, lines of code by breaks: the page has neither within its text.
        var parts = text.Split([" | ", "\n"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
            return "";
        if (parts.Length > 1)
            return Range(Start(parts[0]), End(parts[^1]));
        return text.Length <= LongestWhole ? Encode(parts[0]) : Range(Start(parts[0]), End(parts[0]));
    }

    private static string Range(string start, string end) =>
        start.Length == 0 || end.Length == 0 ? "" : $"{Encode(start)},{Encode(end)}";

    private static string Start(string text)
    {
        var words = Words(text);
        if (words.Length > EndWords) return string.Join(' ', words[..EndWords]);
        return text.Length <= LongestWhole ? text : Dense(text) ? Clause(text, fromEnd: false) : string.Join(' ', words.Take(EndWords));
    }

    private static string End(string text)
    {
        var words = Words(text);
        if (words.Length > EndWords) return string.Join(' ', words[^EndWords..]);
        return text.Length <= LongestWhole ? text : Dense(text) ? Clause(text, fromEnd: true) : string.Join(' ', words.TakeLast(EndWords));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool Dense(string text) => LanguageDetector.Detect(text) is "zh" or "ja" or "th" or "ko";

    // Browsers match whole words only, and where these end without blanks is theirs to know; punctuation ends them for sure.
    private static string Clause(string text, bool fromEnd)
    {
        if (fromEnd)
        {
            var from = text.LastIndexOfAny(['，', '、', '；', '：', '。'], Math.Max(0, text.Length - EndCharacters));
            return text[(from + 1)..].Trim();
        }

        var to = text.IndexOfAny(['，', '、', '；', '：', '。'], Math.Min(EndCharacters, text.Length - 1));
        return to < 0 ? text : text[..to].Trim();
    }

    // In a text directive "-", "," and "&" have meanings; the first is the one that percent-encoding leaves alone.
    private static string Encode(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune == Rune.ReplacementChar ? " " : rune.ToString());
        return Uri.EscapeDataString(string.Join(' ', Words(clean.ToString()))).Replace("-", "%2D", StringComparison.Ordinal);
    }
}
