using System.Buffers;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Tells the language of a text from its script, its function words and, where these are few, from groups of letters.
/// Reliable from about 60 characters, usable for questions of a few words. Allocates nothing a word. Thread-safe.
/// </summary>
public static class LanguageDetector
{
    // The beginning of a page tells its language; a menu in front of it fits in as well.
    private const int Sample = 4_000;

    private static readonly SearchValues<char> Serbian = SearchValues.Create("ђјљњћџЂЈЉЊЋЏ");
    private static readonly SearchValues<char> Russian = SearchValues.Create("ыэёЫЭЁ");
    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("їєґіЇЄҐІ");
    private static readonly SearchValues<char> Persian = SearchValues.Create("پچژگی");

    /// <summary>
    /// The two-letter code of the language that most of the text is written in, or null when unsure. Knows de, en, fr,
    /// es, it, nl, pt, sv, da, no, fi, pl, cs, hu, ro, tr, ru, uk, bg, sr, el, zh, ja, ko, ar, fa, he, th, hi.
    /// </summary>
    public static string? Detect(ReadOnlySpan<char> text)
    {
        if (text.Length > Sample) text = text[..Sample];
        var scripts = ScriptCounts.Of(text);
        return scripts.Dominant switch
        {
            Script.Latin => LatinLanguages.Detect(text),
            Script.Cyrillic => Cyrillic(text),
            Script.Arabic => text.ContainsAny(Persian) ? "fa" : "ar",
            // Japanese has about one kana for each Han character; a Chinese text may quote a few.
            Script.Han => scripts.Kana * 10 > scripts.Han ? "ja" : "zh",
            Script.Hangul => "ko",
            Script.Greek => "el",
            Script.Hebrew => "he",
            Script.Thai => "th",
            Script.Devanagari => "hi",
            _ => null,
        };
    }

    /// <summary>The language of a passage: its document's, unless it is surely running text in another one.</summary>
    /// <param name="document">Null when it could not be told.</param>
    public static string? DetectPassage(ReadOnlySpan<char> text, string? document)
    {
        if (document is null) return Detect(text);
        if (text.Length > Sample) text = text[..Sample];
        var script = ScriptCounts.Of(text).Dominant;
        if (script == Script.None) return document;
        var usual = ScriptOf(document);
        if (script == Script.Latin && usual == Script.Latin) return LatinLanguages.DetectOther(text, document) ?? document;
        // Languages of one other script (Russian, Bulgarian) are told apart by whole pages only. Code and product names within
        // Chinese or Russian are in Latin letters: of these only running text counts.
        if (script == usual) return document;
        return (script == Script.Latin ? LatinLanguages.DetectOther(text, document) : Detect(text)) ?? document;
    }

    private static Script ScriptOf(string language) => language switch
    {
        "zh" or "ja" => Script.Han,
        "ko" => Script.Hangul,
        "ru" or "uk" or "bg" or "sr" => Script.Cyrillic,
        "el" => Script.Greek,
        "ar" or "fa" => Script.Arabic,
        "he" => Script.Hebrew,
        "th" => Script.Thai,
        "hi" => Script.Devanagari,
        _ => Script.Latin,
    };

    private static string Cyrillic(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Serbian)) return "sr";
        if (text.ContainsAny(Russian)) return "ru";
        if (text.ContainsAny(Ukrainian)) return "uk";
        // ъ is a vowel in Bulgarian and rare in Russian, which has an ы in every second sentence.
        return text.Count('ъ') * 80 > text.Length ? "bg" : "ru";
    }
}
