using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class TypoTests : IDisposable
{
    private readonly WordIndexFixture index = new();

    [Theory]
    [InlineData("replikaton", "replication")]
    [InlineData("relication", "replication")]
    [InlineData("replicatoin", "replication")]
    [InlineData("erplication", "replication")]
    [InlineData("conections", "connections")]
    [InlineData("max_conections", "connections")]
    [InlineData("portt", "port")]
    [InlineData("prot", "port")]
    public async Task A_mistyped_word_is_read_as_one_that_the_index_knows(string typed, string meant)
    {
        var right = await index.AddAsync("Streaming replication needs enough connections on the port.", "en");
        await index.AddAsync("Nothing to see here.", "en");

        var found = await index.AskAsync(typed);

        Assert.Equal(right.Id, Assert.Single(found.Candidates).Chunk.Id);
        Assert.Contains(found.Terms, term => term.ReadAs.SequenceEqual([meant]));
    }

    [Theory]
    [InlineData("Burgerbüro-Öfnungszeiten", "de", "Die Öffnungszeiten", "öffnungszeiten")]
    [InlineData("Starße", "de", "die lange Straße", "straße")]
    [InlineData("securtité", "fr", "la sécurité", "sécurité")]
    [InlineData("репликаци", "ru", "потоковая репликация", null)]
    [InlineData("репиклация", "ru", "потоковая репликация", "репликация")]
    public async Task Readings_are_shown_as_texts_write_them(string typed, string language, string text, string? meant)
    {
        await index.AddAsync(text, language);

        var found = await index.AskAsync(typed);

        Assert.Single(found.Candidates);
        Assert.Equal(meant is null ? [] : [meant], found.Terms.SelectMany(term => term.ReadAs));
    }

    [Fact]
    public async Task A_word_that_the_index_knows_is_what_it_says()
    {
        var typed = await index.AddAsync("The form and the farm.", "en");
        await index.AddAsync("Forms, forms and forms of farms.", "en");
        await index.AddAsync("The firm.", "en");

        var found = await index.AskAsync("firm");

        Assert.Equal("The firm.", Assert.Single(found.Candidates).Chunk.Text);
        Assert.Empty(found.Terms.SelectMany(term => term.ReadAs));
        Assert.DoesNotContain(found.Candidates, c => c.Chunk.Id == typed.Id);
    }

    [Theory]
    [InlineData("ERR-1043")]
    [InlineData("16.5")]
    [InlineData("utf16")]
    [InlineData("10422")]
    [InlineData("数库")]
    [InlineData("xyzzyplugh")]
    [InlineData("cat")]
    public async Task Numbers_identifiers_short_words_and_strange_ones_are_not_guessed_at(string question)
    {
        await index.AddAsync("ERR-1042 in 16.4 with utf8, code 10421, a car, 数据.", "en");

        Assert.Empty((await index.AskAsync(question)).Terms.SelectMany(term => term.ReadAs));
    }

    [Fact]
    public async Task What_was_typed_right_counts_more_than_what_was_guessed()
    {
        await index.AddAsync("About replication and slots.", "en");
        await index.AddAsync("About vacuuming and tables.", "en");

        Assert.Equal("About vacuuming and tables.", (await index.FindAsync("relication vacuuming"))[0]);
    }

    [Fact]
    public async Task A_mistyped_stop_word_is_one()
    {
        await index.AddAsync("They were there with those which would work.", "en");
        await index.AddAsync("About vacuuming.", "en");

        Assert.Equal(["About vacuuming."], await index.FindAsync("whcih vacuuming"));
    }

    [Fact]
    public async Task Words_of_deleted_documents_are_no_readings()
    {
        var gone = await index.AddAsync("Streaming replication.", "en");
        await index.AddAsync("Something else.", "en");
        await index.SaveAsync();
        await index.DeleteAsync(gone);
        await index.SaveAsync();

        Assert.Empty((await index.AskAsync("relication")).Terms.SelectMany(term => term.ReadAs));
    }

    [Fact]
    public async Task Words_are_read_the_same_after_files_were_merged()
    {
        for (var i = 0; i < 30; i++)
        {
            await index.AddAsync($"Streaming replication of {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}word.", "en");
            if (i % 7 == 0) await index.SaveAsync();
        }

        await index.SaveAsync();

        Assert.Equal(["replication"], (await index.AskAsync("relication")).Terms.SelectMany(term => term.ReadAs));
        Assert.Equal(30, (await index.FindAsync("streming")).Count);
    }

    public void Dispose() => index.Dispose();
}
