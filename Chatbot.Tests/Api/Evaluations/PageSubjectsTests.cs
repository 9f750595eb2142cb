using Chatbot.Api.Evaluations.Golden;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class PageSubjectsTests
{
    [Fact]
    public void Headings_and_terms_that_are_explained_can_be_asked_for_each_once()
    {
        var found = PageSubjects.Find(
        [
            Chunk("Words of the harbour", "Here is what the people of the harbour say.\n\nBerth: A place where a ship is tied up for the night.\nTender (boat): A small boat that brings people to a larger one.\nHours: 8 to 12"),
            Chunk("Words of the harbour", "Berth: A place where a ship is tied up, said once more."),
            Chunk("Where is the ferry?", "The ferry lies at the northern pier.\n\nNote: It leaves at nine o'clock and not before that."),
        ]);

        Assert.Equal(
            [(SubjectKind.Heading, "Words of the harbour"), (SubjectKind.Term, "Berth"), (SubjectKind.Term, "Tender (boat)"), (SubjectKind.Question, "Where is the ferry?")],
            found.Select(one => (one.Kind, one.Subject)));
        Assert.Equal("A place where a ship is tied up for the night.", found[1].Phrase);
    }

    [Fact]
    public void A_page_without_headings_can_be_asked_for_by_its_title()
    {
        var found = PageSubjects.Find([Chunk(null, "The library opens at ten. It closes at six.")]);

        Assert.Equal(("Guide", "The library opens at ten."), (Assert.Single(found).Subject, found[0].Phrase));
    }

    private static Chunk Chunk(string? heading, string text) => new()
    {
        Id = text, DocumentId = "d", Version = 1, Ordinal = 0, Text = text, HeadingPath = heading is null ? [] : [heading], Url = "https://town.example/guide", Title = "Guide", Language = "en",
    };
}
