using Chatbot.Core.TextAnalysis.Snowball;

namespace Chatbot.Core.TextAnalysis;

/// <summary>Knows which stemmer a language has.</summary>
internal static class Stemming
{
    /// <summary>A new stemmer for a two-letter code, or null where there is none.</summary>
    public static IWordStemmer? Create(string? language) => language switch
    {
        "de" => new GermanStemmer(),
        "en" => new EnglishStemmer(),
        "fr" => new FrenchStemmer(),
        "es" => new SpanishStemmer(),
        "it" => new ItalianStemmer(),
        "nl" => new DutchStemmer(),
        "pt" => new PortugueseStemmer(),
        "ru" => new RussianStemmer(),
        _ => null,
    };
}
