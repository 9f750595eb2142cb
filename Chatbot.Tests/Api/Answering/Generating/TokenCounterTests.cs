using Chatbot.Api.Answering.Generating;
using Chatbot.Tests.Docs;
using Microsoft.ML.Tokenizers;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Generating;

public sealed class TokenCounterTests
{
    [Theory]
    [InlineData("docs/crawling.md")]
    [InlineData("Chatbot.Web/Languages/de.json")]
    [InlineData("Chatbot.Web/Languages/fr.json")]
    [InlineData("Chatbot.Web/Languages/zh.json")]
    [InlineData("Chatbot.Backends/Data/JsonRows.cs")]
    public void Texts_of_all_languages_have_as_many_tokens_as_by_the_reference(string file)
    {
        var text = Repository.Read(file);

        Assert.Equal(TiktokenTokenizer.CreateForEncoding("o200k_base").CountTokens(text), TokenCounter.Of(text));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("hello world", 2)]
    [InlineData("👩‍👩‍👧 …\r\n\r\n   x\ud800", null)]
    public void Odd_texts_are_counted_too(string text, int? expected) =>
        Assert.Equal(expected ?? TiktokenTokenizer.CreateForEncoding("o200k_base").CountTokens(text), TokenCounter.Of(text));

    [Fact]
    public void What_is_no_language_takes_no_time_to_speak_of() => Assert.InRange(TokenCounter.Of(new string('x', 400_000)), 1_000, 400_000);
}
