using System.Runtime.CompilerServices;
using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class StemmingTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("it")]
    [InlineData("nl")]
    [InlineData("pt")]
    [InlineData("ru")]
    public void Stems_are_those_of_libstemmer_without_accents(string language)
    {
        var analyzer = TextAnalyzer.For(language);
        var pairs = File.ReadLines(Path.Combine(Folder(), "StemPairs", language + ".txt")).Select(line => line.Split(' ')).ToList();

        var wrong = pairs
            .Select(pair => (Word: pair[0], Expected: Folding.Fold(pair[1]), Actual: analyzer.TermOf(pair[0])))
            .Where(stem => stem.Expected != stem.Actual);

        Assert.True(pairs.Count >= 400);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Haus Hauses Häuser Häusern Hause")]
    [InlineData("Müller Mueller Muller Müllers")]
    [InlineData("Straße Strasse Straßen")]
    [InlineData("öffnen oeffnen öffnet öffne offene")]
    [InlineData("Pässe Pässen Paesse")]
    [InlineData("Antrag Antrags Anträge Anträgen Antraege")]
    [InlineData("Gebühr Gebühren gebuehren")]
    [InlineData("Kopie Kopien")]
    [InlineData("neue neuen neues neu")]
    [InlineData("beantragen beantragt beantragte")]
    [InlineData("Quelle Quellen")]
    [InlineData("Kündigungsfrist Kündigungsfristen")]
    public void German_forms_of_a_word_have_one_stem(string forms)
    {
        var stems = forms.Split(' ').Select(form => TextAnalyzer.For("de").TermOf(form)).Distinct();

        Assert.Single(stems);
    }

    [Theory]
    [InlineData("Gesetz", "setzen")]
    [InlineData("Pass", "Pause")]
    [InlineData("Stein", "Stern")]
    [InlineData("Schule", "Schuld")]
    [InlineData("Messe", "Masse")]
    public void Different_German_words_keep_different_stems(string one, string other)
    {
        Assert.NotEqual(TextAnalyzer.For("de").TermOf(one), TextAnalyzer.For("de").TermOf(other));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
