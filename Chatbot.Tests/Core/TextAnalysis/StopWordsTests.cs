using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class StopWordsTests
{
    [Theory]
    [InlineData("de", "welche")]
    [InlineData("de", "fur")]
    [InlineData("de", "fuer")]
    [InlineData("en", "which")]
    [InlineData("fr", "ou")]
    [InlineData("es", "cuanto")]
    [InlineData("it", "perche")]
    [InlineData("nl", "hoeveel")]
    [InlineData("zh", "什么")]
    public void Function_words_are_known_in_folded_form(string language, string word)
    {
        Assert.True(StopWords.Contains(language, word));
    }

    [Theory]
    [InlineData("de", "ausweis")]
    [InlineData("en", "password")]
    [InlineData("xx", "the")]
    public void Other_words_and_languages_are_not(string language, string word)
    {
        Assert.False(StopWords.Contains(language, word));
    }

    [Fact]
    public void Every_stemmed_language_has_a_list()
    {
        Assert.Empty(TextAnalyzer.StemmedLanguages.Except(StopWords.Languages));
    }
}
