using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("pg_stat_activity", "pg_stat_activity pg stat activ")]
    [InlineData("max_connections", "max_connections max connect")]
    [InlineData("libpq-fe.h", "libpq-fe.h fe.h libpq fe h")]
    [InlineData("/etc/apt/sources.list", "/etc/apt/sources.list sources.list etc apt sourc list")]
    [InlineData("E0277", "e0277 0277")]
    [InlineData("ORA-12154", "ora-12154 ora12154 ora 12154")]
    [InlineData("v2.3.1", "v2.3.1 2.3.1 v2 3 1")]
    [InlineData("3.14", "3.14 3 14")]
    [InlineData("foo@example.org", "foo@example.org example.org foo exampl org")]
    [InlineData("--no-install-recommends", "--no-install-recommends no instal recommend")]
    [InlineData("CamelCaseName", "camelcasenam camel case name")]
    [InlineData("PostgreSQL", "postgresql postgr sql")]
    [InlineData("1,600", "1,600 1600 1 600")]
    [InlineData("030 1234567", "0301234567 030 1234567")]
    [InlineData("1000 2000 3000", "1000 2000 3000")]
    [InlineData("0 10 20", "0 10 20")]
    [InlineData("3,5 1.234,56", "3,5 3.5 3 5 1.234,56 1234.56 1 234 56")]
    [InlineData("C++17", "c++ c 17")]
    [InlineData("C++", "c++ c")]
    [InlineData("C#", "c# c")]
    [InlineData("U.S.A.", "usa")]
    [InlineData("E-Mail", "email e mail")]
    [InlineData("and/or", "and or")]
    [InlineData("std::vector", "std::vector std vector")]
    [InlineData("dog's", "dog")]
    [InlineData("don’t", "dont")]
    [InlineData("ﬁles", "file")]
    [InlineData("Ｐｏｓｔｇｒｅｓ１５", "postgres15 postgr 15")]
    [InlineData("per\u00ADmis\u00ADsions", "permiss")]
    [InlineData("re\u0301sume\u0301", "resum")]
    [InlineData("H₂O", "h2o")]
    [InlineData("End of line.Next", "end of line.next line next")]
    public void English_text_gives_these_terms(string text, string expected)
    {
        Assert.Equal(expected.Split(' '), Terms(text, "en").Select(term => term.Text));
    }

    [Theory]
    [InlineData("fr", "l’église", "eglis")]
    [InlineData("fr", "aujourd'hui", "aujourdhui")]
    [InlineData("fr", "l'école d'art", "ecol art")]
    [InlineData("en", "O'Brien", "obrien")]
    [InlineData("fr", "cœur", "coeur")]
    [InlineData("it", "dell'università", "univers")]
    [InlineData("es", "informaciones", "inform")]
    [InlineData("zh", "数据库", "数据 据库")]
    [InlineData("zh", "水", "水")]
    [InlineData("zh", "安装PostgreSQL数据库", "安装 postgresql postgre sql 数据 据库")]
    [InlineData("ja", "データベース", "デー ータ タベ ベー ース")]
    [InlineData("ko", "데이터베이스", "데이 이터 터베 베이 이스")]
    [InlineData("th", "สวัสดี", "สว วั ัส สด ดี")]
    [InlineData("ru", "Ещё", "ещ")]
    [InlineData("el", "Αθήνα", "αθηνα")]
    public void Other_languages_give_these_terms(string language, string text, string expected)
    {
        var terms = Terms(text, language).Select(term => term.Text);

        Assert.Equal(expected.Split(' '), terms);
    }

    [Fact]
    public void Offsets_point_at_the_text_and_positions_do_not_fall()
    {
        const string text = "Set max_connections = 1,600 in /etc/postgresql.conf, E-Mail an «Müller» 数据库 𠮷野家 ok.";

        var terms = Terms(text, "de");

        Assert.All(terms, term => Assert.InRange(term.Start + term.Length, 1, text.Length));
        Assert.Equal(terms.Select(term => term.Position).Order(), terms.Select(term => term.Position));
        Assert.Equal("max_connections", Written("max_connections"));
        Assert.Equal("Müller", Written("mull"));
        Assert.Equal("据库", Written("据库"));
        Assert.Equal("𠮷野", Written("𠮷野"));

        string Written(string wanted)
        {
            var term = terms.First(candidate => candidate.Text == wanted);
            return text.Substring(term.Start, term.Length);
        }
    }

    [Fact]
    public void Parts_of_an_identifier_follow_each_other_like_words()
    {
        var terms = Terms("see pg_stat_activity view", "en").ToLookup(term => term.Text);

        Assert.Equal(1, terms["pg_stat_activity"].Single().Position);
        Assert.Equal(1, terms["pg"].Single().Position);
        Assert.Equal(3, terms["activ"].Single().Position);
        Assert.Equal(4, terms["view"].Single().Position);
    }

    [Theory]
    [InlineData("E-Mail", "Email")]
    [InlineData("on-line", "online")]
    [InlineData("U.S.A.", "USA")]
    [InlineData("POSTGRESQL", "PostgreSQL")]
    [InlineData("1,600", "1600")]
    [InlineData("E-Mail-Adresse", "Email")]
    public void Two_spellings_share_a_term(string one, string other)
    {
        var first = Terms(one, "en").Select(term => term.Text);

        Assert.NotEmpty(first.Intersect(Terms(other, "en").Select(term => term.Text)));
    }

    [Fact]
    public void Long_words_become_bounded_terms_that_differ_when_the_words_do()
    {
        var one = Assert.Single(Terms(new string('x', 100) + "a", "en"));
        var other = Assert.Single(Terms(new string('x', 100) + "b", "en"));

        Assert.InRange(one.Text.Length, 1, TextAnalyzer.LongestTerm);
        Assert.NotEqual(one.Text, other.Text);
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uD800b \uDC00\uDC00 c")]
    [InlineData("\0\0a\0b")]
    [InlineData("--- ... /// ___ '''")]
    [InlineData("-")]
    [InlineData("a-")]
    [InlineData("\u0301\u0301")]
    [InlineData("\u200B\uFEFF")]
    [InlineData("𝐀𝐁𝐂 😀 👩‍👩‍👧")]
    public void Broken_text_does_no_harm(string text)
    {
        foreach (var language in TextAnalyzer.StemmedLanguages.Append("xx"))
        {
            Assert.All(Terms(text, language), term => Assert.InRange(term.Text.Length, 1, TextAnalyzer.LongestTerm));
        }
    }

    [Fact]
    public void Any_characters_give_terms_within_bounds()
    {
        var random = new Random(11);
        var text = new char[20_000];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = random.Next(4) == 0 ? (char)random.Next(0x10000) : "ab_-./:@'’1A, ü\uD840\uDC00语ß"[random.Next(19)];
        }

        Assert.All(Terms(new string(text), "de"), term =>
        {
            Assert.InRange(term.Text.Length, 1, TextAnalyzer.LongestTerm);
            Assert.InRange(term.Start, 0, text.Length - term.Length);
        });
    }

    [Fact]
    public async Task Threads_get_the_same_terms()
    {
        var words = Enumerable.Range(0, 2_000).Select(i => $"Verlängerungen{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}");
        var text = string.Join(' ', words);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => Terms(text, "de"), TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    private static List<Term> Terms(string text, string language)
    {
        var terms = new List<Term>();
        TextAnalyzer.For(language).Analyze(text, terms);
        return terms;
    }
}
