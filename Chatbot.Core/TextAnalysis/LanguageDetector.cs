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

    private static string Cyrillic(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Serbian)) return "sr";
        if (text.ContainsAny(Russian)) return "ru";
        if (text.ContainsAny(Ukrainian)) return "uk";
        // ъ is a vowel in Bulgarian and rare in Russian, which has an ы in every second sentence.
        return text.Count('ъ') * 80 > text.Length ? "bg" : "ru";
    }
}
