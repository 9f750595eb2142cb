using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("de", "Das kostet z. B. 3.50 Euro. Danach nicht mehr.", 2)]
    [InlineData("de", "Am 1. Januar gilt das. Am 3. Mai nicht.", 2)]
    [InlineData("de", "Siehe Abs. 2 Nr. 3 bzw. Art. 4 der Satzung. Dr. Müller hilft.", 2)]
    [InlineData("de", "Er kam um 8. Dann ging er.", 2)]
    [InlineData("de", "Das kostet ca. 20 Euro, St. Gallen zahlt. Gut.", 2)]
    [InlineData("de", "Bringen Sie Ausweis, Foto usw. mit. Mehr nicht.", 2)]
    [InlineData("en", "See No. 5, e.g. the U.S. Army, etc. for more. Dr. Smith agrees.", 2)]
    [InlineData("en", "Is it open? Yes! Come in.", 3)]
    [InlineData("en", "Include libpq-fe.h first. Visit www.example.org today.", 2)]
    [InlineData("en", "He said \"Stop.\" Then he left.", 2)]
    [InlineData("en", "So did I. Then it ended.", 2)]
    [InlineData("en", "J. R. R. Tolkien wrote it. It sold.", 2)]
    [InlineData("en", "Wait... what? Nothing.", 2)]
    [InlineData("fr", "M. Dupont est absent. Revenez demain.", 2)]
    [InlineData("zh", "数据库已安装。你可以开始！好吗？", 3)]
    [InlineData("zh", "他说：“好。”然后走了。", 2)]
    [InlineData("en", "First line\nSecond line\r\n\r\nThird", 3)]
    [InlineData(null, "Das gilt z. B. hier. The end.", 2)]
    [InlineData("en", "x = a.b.c(1.5); y = s.Split('.');", 1)]
    [InlineData("en", "", 0)]
    [InlineData("en", " \n ", 0)]
    [InlineData("en", "...", 1)]
    public void Sentences_are_counted_right(string? language, string text, int count)
    {
        var sentences = Sentences.Split(text, language).Select(range => text[range]).ToList();

        Assert.True(sentences.Count == count, string.Join(" | ", sentences));
    }

    [Fact]
    public void Nothing_but_blanks_is_lost()
    {
        const string text = "  Eins ist da. Zwei auch! \n\n Drei (siehe Abs. 3). \uD800 Vier\0. Fünf";

        var kept = string.Concat(Sentences.Split(text, "de").Select(range => text[range]));

        Assert.Equal(WithoutBlanks(text), WithoutBlanks(kept));

        static string WithoutBlanks(string s) => string.Concat(s.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Long_runs_of_marks_take_no_time()
    {
        var text = new string('.', 500_000) + new string('!', 500_000) + new string('"', 500_000) + "x";
        var mixed = string.Concat(Enumerable.Repeat(".!?", 300_000)) + "x";

        Assert.NotEmpty(Sentences.Split(text, "en"));
        Assert.NotEmpty(Sentences.Split(mixed, "en"));
    }
}
