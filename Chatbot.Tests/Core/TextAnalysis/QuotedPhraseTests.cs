using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class QuotedPhraseTests
{
    [Theory]
    [InlineData("Personalausweis beantragen", "Hier können Sie den PERSONAL\u00ADAUSWEIS beantragen.", "de")]
    [InlineData("max connections", "Raise max_connections first.", "en")]
    [InlineData("max_connections", "the max connections", "en")]
    [InlineData("Lange Straße", "in der LANGEN und Lange Strasse", "de")]
    [InlineData("Bürgerbüro Mitte", "Das Buergerbuero-Mitte ist offen", "de")]
    [InlineData("Muller", "Frau Müller", "de")]
    [InlineData("resume", "a short résumé", "en")]
    [InlineData("ﬁle office", "the file of﻿fice", "en")]
    [InlineData("don't panic", "Don’t panic!", "en")]
    [InlineData("PostgreSQL server", "a postgresql server", "en")]
    [InlineData("Ｐｏｓｔｇｒｅｓ 15", "postgres 15", "en")]
    [InlineData("数据库", "安装数据库系统", "zh")]
    [InlineData("安装PostgreSQL", "如何安装 PostgreSQL？", "zh")]
    [InlineData("水", "喝水吧", "zh")]
    [InlineData("C++", "C++ and C", "en")]
    [InlineData("ERR-1042", "(err-1042)", "en")]
    [InlineData("Hello world", "hello,\n  World", "en")]
    public void A_text_holds_it_whatever_the_spelling(string phrase, string text, string language)
    {
        Assert.True(Phrase(phrase).IsIn(text, language));
    }

    [Theory]
    [InlineData("Personalausweis beantragen", "Personalausweise beantragen", "de")]
    [InlineData("Ausweis", "Personalausweis", "de")]
    [InlineData("max connections", "connections max", "en")]
    [InlineData("数据库", "数据。据库", "zh")]
    [InlineData("C", "C++", "en")]
    [InlineData("dos", "it does", "en")]
    [InlineData("to be", "to beat", "en")]
    [InlineData("anything", "", "en")]
    public void Other_words_are_not_the_phrase(string phrase, string text, string language)
    {
        Assert.False(Phrase(phrase).IsIn(text, language));
    }

    [Theory]
    [InlineData("where is \"PostgreSQL Server\"?", "a postgresql server")]
    [InlineData("where is „max_connections“?", "Set max_connections to 5")]
    [InlineData("where is «max connections»?", "Set max_connections to 5")]
    [InlineData("where is “E-Mail-Adresse”?", "Ihre E-Mail-Adresse")]
    [InlineData("where is 「数据库」?", "安装数据库系统")]
    [InlineData("where is \"node.js 16.4\"?", "use node.js 16.4 here")]
    public void Each_of_its_words_has_a_term_of_a_text_that_holds_it(string question, string text)
    {
        var phrase = Assert.Single(new QueryAnalyzer().Analyze(question, ["en", "de", "zh"]).Phrases);
        var terms = new List<Term>();
        TextAnalyzer.For("en").Analyze(text, terms);

        Assert.True(phrase.IsIn(text, "en"));
        Assert.All(phrase.Words, word => Assert.Contains(terms, term => word.Variants.Contains(term.Text)));
    }

    private static QuotedPhrase Phrase(string text) =>
        Assert.Single(new QueryAnalyzer().Analyze($"\"{text}\"", ["en", "de", "zh"]).Phrases);
}
