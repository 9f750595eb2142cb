using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class GermanCompoundsTests
{
    private static readonly HashSet<string> Vocabulary = new(
        ("personalausweis personal ausweis verlängerung antrag kind garten kindergarten platz öffnung zeit zeiten straße " +
        "reinigung müll abfuhr kalender haus hund steuer hundesteuer anmeldung gemeente huis belasting aangifte").Split(' '));

    [Theory]
    [InlineData("personalausweisverlängerung", "personalausweis verlängerung")]
    [InlineData("verlängerungsantrag", "verlängerung antrag")]
    [InlineData("kindergartenplatz", "kindergarten platz")]
    [InlineData("öffnungszeiten", "öffnung zeiten")]
    [InlineData("straßenreinigung", "straße reinigung")]
    [InlineData("hundesteueranmeldung", "hundesteuer anmeldung")]
    [InlineData("hundesteuer", "hund steuer")]
    [InlineData("müllabfuhrkalender", "müll abfuhr kalender")]
    [InlineData("gemeentehuis", "gemeente huis")]
    [InlineData("belastingaangifte", "belasting aangifte")]
    public void Compounds_of_known_words_fall_apart(string word, string parts)
    {
        Assert.Equal(parts.Split(' '), GermanCompounds.Split(word, Vocabulary.Contains));
    }

    [Theory]
    [InlineData("antrag")]
    [InlineData("personalausweis-xyz")]
    [InlineData("verlängerungs")]
    [InlineData("unbekannteswort")]
    [InlineData("")]
    public void Other_words_stay_whole(string word)
    {
        Assert.Empty(GermanCompounds.Split(word, part => part != "personal" && Vocabulary.Contains(part)));
    }

    [Fact]
    public void Work_is_bounded()
    {
        var calls = 0;

        GermanCompounds.Split(new string('a', 64), _ => calls++ < 0);
        GermanCompounds.Split(new string('a', 100_000), _ => calls++ < 0);

        Assert.InRange(calls, 1, 64 * 64 / 2);
    }
}
