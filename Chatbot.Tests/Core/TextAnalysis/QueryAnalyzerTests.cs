using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class QueryAnalyzerTests
{
    private readonly QueryAnalyzer analyzer = new();

    [Fact]
    public void Function_words_are_marked_and_not_searched()
    {
        var query = analyzer.Analyze("Wie lange ist das Bürgerbüro geöffnet?", ["de"]);

        Assert.Equal("de", query.Language);
        Assert.Equal(["lange", "burgerburo", "geoffnet"], query.SearchWords.Select(word => word.Text));
        Assert.Equal(6, query.Words.Count);
    }

    [Fact]
    public void Words_carry_their_terms_in_every_language_of_the_index()
    {
        var word = Assert.Single(analyzer.Analyze("Installationen", ["de", "en", "de"]).Words);

        Assert.Equal(
            [TextAnalyzer.For("de").TermOf("Installationen"), TextAnalyzer.For("en").TermOf("Installationen")],
            word.Variants);
    }

    [Fact]
    public void Terms_of_a_question_are_those_of_the_text()
    {
        const string text = "E-Mail-Adresse an l'église: pg_stat_activity, v2.3.1 und PostgreSQL 数据库 (U.S.A.)";
        var terms = new List<Term>();
        TextAnalyzer.For("fr").Analyze(text, terms);

        var variants = analyzer.Analyze(text, ["de", "fr"]).Words.SelectMany(word => word.Variants).ToHashSet();

        Assert.All(terms, term => Assert.Contains(term.Text, variants));
    }

    [Fact]
    public void A_question_of_function_words_alone_keeps_them()
    {
        var query = analyzer.Analyze("Who are you?", ["en"]);

        Assert.All(query.Words, word => Assert.True(word.IsStopWord));
        Assert.Equal(3, query.SearchWords.Count);
    }

    [Fact]
    public void A_word_that_is_a_function_word_only_elsewhere_is_searched()
    {
        var query = analyzer.Analyze("Where did Mozart die?", ["de", "en"]);

        Assert.Contains(query.SearchWords, word => word.Text == "die");
    }

    [Fact]
    public void Abbreviations_in_capitals_are_no_pronouns()
    {
        var query = analyzer.Analyze("How many people live in the US?", ["en"]);

        Assert.Contains(query.SearchWords, word => word.Text == "us");
    }

    [Theory]
    [InlineData("securite sociale", "fr", "sécurité")]
    [InlineData("informacion general", "es", "información")]
    [InlineData("universita", "it", "università")]
    public void A_word_typed_without_accents_has_the_term_of_the_one_with(string question, string language, string written)
    {
        var word = analyzer.Analyze(question, [language]).Words[0];

        Assert.Contains(TextAnalyzer.For(language).TermOf(written), word.Variants);
    }

    [Theory]
    [InlineData("what does \"max connections\" mean", "max connect")]
    [InlineData("was heißt „Lange Straße“ hier", "lang strass")]
    [InlineData("que veut dire « bon appétit » ici", "bon appet")]
    [InlineData("「数据库」是什么", "数据 据库")]
    [InlineData("where is “pg_stat_activity view” explained", "pg stat activ view")]
    [InlineData("where is \"E0277\" explained", "e0277")]
    public void Quoted_parts_are_phrases(string question, string expected)
    {
        var phrase = Assert.Single(analyzer.Analyze(question, ["en", "de", "fr"]).Phrases);

        var wanted = expected.Split(' ');
        Assert.Equal(wanted.Length, phrase.Words.Count);
        Assert.All(wanted.Zip(phrase.Words), pair => Assert.Contains(pair.First, pair.Second.Variants));
    }

    [Fact]
    public void Identifiers_and_numbers_are_marked()
    {
        var words = analyzer.Analyze("Was bedeutet ORA-12154 bei Port 1521?", ["de"]).Words.ToDictionary(word => word.Text);

        Assert.True(words["ora-12154"].IsIdentifier);
        Assert.True(words["12154"].IsIdentifier);
        Assert.True(words["1521"].IsIdentifier);
        Assert.False(words["port"].IsIdentifier);
    }

    [Fact]
    public void Chinese_question_words_are_dropped()
    {
        var query = analyzer.Analyze("什么是数据库？", ["zh"]);

        Assert.DoesNotContain(query.SearchWords, word => word.Text is "什么");
        Assert.Contains(query.SearchWords, word => word.Text == "数据");
    }

    [Fact]
    public void Repeated_words_appear_once()
    {
        Assert.Single(analyzer.Analyze("backup Backup BACKUP", ["en"]).Words);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_questions_stay_within_bounds(string question)
    {
        var query = analyzer.Analyze(question, ["de", "en", "zh", "nonsense"]);

        Assert.InRange(query.SearchWords.Count, 0, QueryAnalyzer.MostWords);
        Assert.InRange(query.Words.Count, 0, 3 * QueryAnalyzer.MostWords);
        Assert.InRange(query.Phrases.Count, 0, QueryAnalyzer.MostPhrases);
        Assert.All(query.Words, word => Assert.All(word.Variants, v => Assert.InRange(v.Length, 1, TextAnalyzer.LongestTerm)));
    }

    public static TheoryData<string> Hostile() =>
    [
        "",
        " \t\n",
        "???",
        "\0\0\0",
        new string('a', 100_000),
        new string('"', 100_000),
        new string('语', 100_000),
        new string('-', 50_000) + "x",
        string.Join(' ', Enumerable.Range(0, 20_000).Select(i => "word" + i)),
        string.Concat(Enumerable.Repeat("a-", 50_000)),
        string.Concat(Enumerable.Repeat("\uD800x", 10_000)),
        string.Concat(Enumerable.Repeat("the ", 30_000)),
    ];
}
