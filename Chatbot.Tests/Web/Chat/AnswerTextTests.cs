using Chatbot.Web.Chat;
using Xunit;

namespace Chatbot.Tests.Web.Chat;

public sealed class AnswerTextTests
{
    [Fact]
    public void Lines_become_paragraphs_lists_and_tables()
    {
        var blocks = AnswerText.Parse("First line\nsecond line\n\n- one\n- two\n1. step\n| a | b |\n|---|---|\n| c | d |\nlast");

        Assert.Collection(
            blocks,
            block => Assert.Equal(["First line", "second line"], Assert.IsType<AnswerBlock.Paragraph>(block).Lines),
            block => Assert.Equal(["one", "two"], Assert.IsType<AnswerBlock.Items>(block).Lines),
            block => Assert.True(Assert.IsType<AnswerBlock.Items>(block).Numbered),
            block => Assert.Equal([["a", "b"], ["c", "d"]], Assert.IsType<AnswerBlock.Table>(block).Rows),
            block => Assert.Equal(["last"], Assert.IsType<AnswerBlock.Paragraph>(block).Lines));
    }

    [Fact]
    public void Rows_without_outer_bars_are_a_table_too()
    {
        var table = Assert.IsType<AnswerBlock.Table>(Assert.Single(AnswerText.Parse("Monday | 8 am–12 noon\nThursday | 1 pm–6:30 pm [1]")));

        Assert.Equal([["Monday", "8 am–12 noon"], ["Thursday", "1 pm–6:30 pm [1]"]], table.Rows);
    }

    [Fact]
    public void Code_is_kept_as_it_was_written_also_before_its_end_has_come()
    {
        var blocks = AnswerText.Parse("## Limits\nSet it:\n```sql\nSELECT 1\n  | 2;\n\n-- [1]\n```\nDone.\n```\nstill | coming");

        Assert.Collection(
            blocks,
            block => Assert.Equal("Limits", Assert.IsType<AnswerBlock.Heading>(block).Line),
            block => Assert.Equal(["Set it:"], Assert.IsType<AnswerBlock.Paragraph>(block).Lines),
            block => Assert.Equal("SELECT 1\n  | 2;\n\n-- [1]", Assert.IsType<AnswerBlock.Code>(block).Text),
            block => Assert.Equal(["Done."], Assert.IsType<AnswerBlock.Paragraph>(block).Lines),
            block => Assert.Equal("still | coming", Assert.IsType<AnswerBlock.Code>(block).Text));
    }

    [Fact]
    public void References_are_cut_out_of_the_text()
    {
        var parts = AnswerText.SplitReferences("Open [1] and [12].");

        Assert.Equal([("Open ", null), ("[1]", 1), (" and ", null), ("[12]", 12), (".", (int?)null)], parts);
    }

    [Fact]
    public void Words_that_the_source_links_are_links_once_and_only_where_that_source_is_cited()
    {
        var form = new ChatCitation(1, "https://a.example/", "", "") { Links = [new("form", "https://a.example/form"), new("the long form", "https://a.example/long"), new("it", "javascript:alert(1)")] };
        var other = new ChatCitation(2, "https://b.example/", "", "") { Links = [new("fee", "mailto:fee@b.example")] };

        var pieces = AnswerText.SplitLine("Take the long form, it is a form of a form. [1] No fee form. [2]", [form, other]).ToList();

        Assert.Equal(
            [("the long form", "https://a.example/long"), ("form", "https://a.example/form"), ("fee", "mailto:fee@b.example")],
            pieces.Where(piece => piece.Link is not null).Select(piece => (piece.Text, piece.Link!.Url)));
        Assert.Equal([1, 2], pieces.Where(piece => piece.Source is not null).Select(piece => piece.Source!.Number));
        Assert.Equal("Take the long form, it is a form of a form. [1] No fee form. [2]", string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public void Links_lead_to_the_web_only()
    {
        Assert.Null(new ChatCitation(1, "javascript:alert(1)", "", "").SafeUrl);
        Assert.Null(new ChatCitation(1, "/relative", "", "").SafeUrl);
        Assert.Equal("https://example.org/a#:~:text=b", new ChatCitation(1, "https://example.org/a#:~:text=b", "", "").SafeUrl);
    }
}
