using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval.Ranking;

public sealed class QuestionNamesTests
{
    [Theory]
    [InlineData("How do I set up PgBouncer in front of the server?", "Setting up pgbouncer takes a minute.", 1)]
    [InlineData("How do I set up PgBouncer in front of the server?", "Setting up a pool takes a minute.", 0)]
    [InlineData("My program gets error 23505, what is it?", "Error 42601 is a syntax error.", 0)]
    [InlineData("Does the form A38 cost anything?", "Form A38 is free.", 1)]
    [InlineData("Can I take the ferry to Ravenna when it is raining?", "The ferry leaves at noon.", 0)]
    [InlineData("Can I take the ferry to Ravenna when it is raining?", "The ferry of Ravenna's harbour leaves at noon.", 1)]
    [InlineData("Does WGS 84 work with PostGIS?", "PostGIS has polygons.", 0.5)]
    public void A_passage_is_told_by_the_names_it_knows(string question, string text, double share) =>
        Assert.Equal(share, QuestionNames.Of(question, []).ShareIn(Chunk(text)));

    [Theory]
    [InlineData("Wo kann ich in der Stadt ein neues Fahrrad für meine Tochter kaufen?")]
    [InlineData("HOW MUCH IS A NEW PASSPORT?")]
    [InlineData("How Do I Get A New Passport?")]
    [InlineData("How much does it cost? Who pays for it? Am I too late at 5?")]
    [InlineData("新护照多少钱？")]
    [InlineData("")]
    public void Without_names_every_passage_will_do(string question) => Assert.Equal(1, QuestionNames.Of(question, []).ShareIn(Chunk("The ferry leaves at noon.")));

    [Fact]
    public void Names_count_in_titles_and_headings_too() =>
        Assert.Equal(1, QuestionNames.Of("Is PostGIS free, or LibreOffice?", []).ShareIn(Chunk("It is free.") with { Title = "PostGIS", HeadingPath = ["Prices", "LibreOffice 24"] }));

    [Fact]
    public void A_name_that_was_typed_wrongly_is_known_by_what_it_was_taken_for() =>
        Assert.Equal(1, QuestionNames.Of("How do I install PstGIS?", [new QuestionTerm("pstgis", 3, ["postgis"]) { ReadAs = ["PostGIS"] }]).ShareIn(Chunk("PostGIS is installed by its package.")));

    private static Chunk Chunk(string text) => new() { Id = "c", DocumentId = "d", Version = 1, Ordinal = 0, Text = text, Url = "https://town.example/", Language = "en" };
}
