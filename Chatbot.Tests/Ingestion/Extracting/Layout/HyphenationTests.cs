using Chatbot.Ingestion.Extracting.Layout;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Layout;

public sealed class HyphenationTests
{
    [Theory]
    [InlineData("Die Versor-", "gung mit Strom", "Die Versorgung mit Strom")]
    [InlineData("im Online-", "Portal", "im Online-Portal")]
    [InlineData("Strom-", "und Gaspreise", "Strom- und Gaspreise")]
    [InlineData("eine E-", "mail", "eine E-mail")]
    [InlineData("a self-", "service desk", "a self-service desk")]
    [InlineData("from 2023-", "2024", "from 2023-2024")]
    [InlineData("see https://town.example/waste-", "and-water/", "see https://town.example/waste-and-water/")]
    [InlineData("no hyphen", "here", "no hyphen here")]
    [InlineData("he said -", "and went", "he said - and went")]
    [InlineData("每周二至周日", "开放", "每周二至周日开放")]
    [InlineData("", "alone", "alone")]
    public void Lines_are_joined_as_one_reads_them(string line, string next, string expected) =>
        Assert.Equal(expected, new Hyphenation().Join(line, next));

    [Fact]
    public void What_the_document_writes_elsewhere_decides()
    {
        var hyphenation = new Hyphenation();
        hyphenation.Learn("A long-term lease is rare, and a Jahrhundert long.");

        Assert.Equal("the long-term lease", hyphenation.Join("the long-", "term lease"));
        Assert.Equal("im Jahrhundert", hyphenation.Join("im Jahrh-", "undert"));
    }
}
