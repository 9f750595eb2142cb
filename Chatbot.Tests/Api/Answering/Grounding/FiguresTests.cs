using Chatbot.Api.Answering.Grounding;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Grounding;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("1.000 Euro", "1,000 euros")]
    [InlineData("1 000 euros", "Das kostet tausend Euro.")]
    [InlineData("2.5 million people", "2,5 Millionen Menschen")]
    [InlineData("3万人", "30,000 people")]
    [InlineData("twelve months", "12 mois")]
    [InlineData("17:00", "5 p.m.")]
    [InlineData("17 Uhr", "open until 5pm")]
    [InlineData("下午5点", "17h00")]
    [InlineData("3 p.m.", "from 3 to 5 p.m.")]
    [InlineData("1. Mai 2026", "May 1, 2026")]
    [InlineData("2026-05-01", "01.05.2026")]
    [InlineData("2026年5月1日", "le 1er mai 2026")]
    [InlineData("dienstags", "Monday to Friday")]
    [InlineData("le samedi", "daily from 9 to 5")]
    [InlineData("周三", "Mo, Mi und Fr")]
    [InlineData("24 December", "24. und 25. Dezember")]
    [InlineData("am 24. Dezember", "vom 24.–31.12.")]
    public void The_same_is_the_same_however_it_is_written(string said, string source)
    {
        var known = Figures.In(source);

        Assert.NotEmpty(Figures.Of(said));
        Assert.All(Figures.Of(said), readings => Assert.Contains(readings, known.Contains));
    }

    [Theory]
    [InlineData("60 euros", "37 euros")]
    [InlineData("17 Uhr", "5 a.m.")]
    [InlineData("8 p.m.", "8 a.m.")]
    [InlineData("samstags", "Monday to Friday")]
    [InlineData("May 2, 2026", "1. Mai 2026")]
    [InlineData("in three weeks", "in vier Wochen")]
    public void Others_are_not(string said, string source)
    {
        var known = Figures.In(source);

        Assert.Contains(Figures.Of(said), readings => !readings.Any(known.Contains));
    }
}
