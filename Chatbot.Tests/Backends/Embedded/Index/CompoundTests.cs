using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class CompoundTests : IDisposable
{
    private readonly WordIndexFixture index = new();

    [Theory]
    [InlineData("Ausweis beantragen", "Den Personalausweis gibt es hier.")]
    [InlineData("Antrag Personalausweis", "Der Personalausweisantrag liegt hier aus.")]
    [InlineData("Wohnsitzummeldung", "Die Ummeldung des Wohnsitzes ist Pflicht.")]
    [InlineData("Gebühren für die Müllabfuhr", "Die Müllabfuhrgebühren steigen.")]
    public async Task A_compound_in_a_text_is_found_by_its_parts(string question, string text)
    {
        await index.AddAsync("Personal, Ausweise, Anträge, Personalausweise, Müllabfuhr und Gebühren: alles Wörter.", "de");
        var right = await index.AddAsync(text, "de");

        Assert.Contains(right.Text, await index.FindAsync(question));
    }

    [Fact]
    public async Task The_word_itself_counts_most_then_a_compound_that_ends_with_it_then_one_that_begins_with_it()
    {
        await index.AddAsync("Steller, Wohngeld und mehr davon.", "de");
        await index.AddAsync("Der Antragsteller steht hier.", "de");
        await index.AddAsync("Der Wohngeldantrag steht hier.", "de");
        await index.AddAsync("Der kleine Antrag steht hier.", "de");

        Assert.Equal(
            ["Der kleine Antrag steht hier.", "Der Wohngeldantrag steht hier.", "Der Antragsteller steht hier."],
            await index.FindAsync("Antrag"));
    }

    [Theory]
    [InlineData("Haltung", "Die Unterhaltung war laut.")]
    [InlineData("Rat", "Die Beratung ist offen.")]
    [InlineData("Ausweis", "Der Krxausweis ist neu.")]
    public async Task Letters_that_happen_to_be_in_a_word_are_no_part_of_it(string question, string text)
    {
        await index.AddAsync(text, "de");
        await index.AddAsync("Unter anderem steht hier etwas.", "de");

        Assert.Empty(await index.FindAsync(question));
    }

    [Fact]
    public async Task Parts_of_a_compound_are_found_where_the_compound_is_known_too()
    {
        var whole = await index.AddAsync("Zur Wohnsitzummeldung bitte klingeln.", "de");
        var parts = await index.AddAsync("Die Ummeldung des Wohnsitzes ist Pflicht.", "de");

        Assert.Equal([whole.Text, parts.Text], await index.FindAsync("Wohnsitzummeldung"));
    }

    [Fact]
    public async Task Dutch_compounds_meet_their_parts()
    {
        await index.AddAsync("Vergunning en bouw.", "nl");
        var right = await index.AddAsync("De parkeervergunning aanvragen. Parkeer niet hier.", "nl");

        Assert.Contains(right.Text, await index.FindAsync("vergunning aanvragen"));
    }

    [Fact]
    public async Task English_words_are_no_compounds()
    {
        await index.AddAsync("Everybody reads the database. Every data base.", "en");

        Assert.Empty(await index.FindAsync("body"));
    }

    public void Dispose() => index.Dispose();
}
