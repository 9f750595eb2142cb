namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Words in quotation marks: wanted next to each other and as they are, in whatever spelling of capitals, accents,
/// <c>ä</c> or <c>ae</c>, hyphens and punctuation. Immutable.
/// </summary>
public sealed record QuotedPhrase
{
    private readonly string _folded;
    private readonly string _german;

    /// <param name="text">What stands between the marks.</param>
    /// <param name="words">See <see cref="Words"/>.</param>
    internal QuotedPhrase(string text, IReadOnlyList<QueryWord> words)
    {
        (Text, Words) = (text, words);
        _folded = PhraseText.Of(text, german: false);
        _german = PhraseText.Of(text, german: true);
    }

    /// <summary>As it was written, without its marks.</summary>
    public string Text { get; }

    /// <summary>
    /// Its words in order, stop words among them; of an identifier the parts, with the exact form among the variants of
    /// each. Whatever holds the phrase holds each of them. At most <see cref="QueryAnalyzer.LongestPhrase"/>.
    /// </summary>
    public IReadOnlyList<QueryWord> Words { get; }

    /// <summary>Whether a text holds the phrase, whole words only.</summary>
    /// <param name="language">Of the text: a two-letter code or null. In German <c>ae</c> is <c>ä</c>.</param>
    public bool IsIn(string text, string? language)
    {
        var german = language?.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true;
        return PhraseText.Contains(PhraseText.Of(text, german), german ? _german : _folded);
    }
}
