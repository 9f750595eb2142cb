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
    public void References_are_cut_out_of_the_text()
    {
        var parts = AnswerText.SplitReferences("Open [1] and [12].");

        Assert.Equal([("Open ", null), ("[1]", 1), (" and ", null), ("[12]", 12), (".", (int?)null)], parts);
    }

    [Fact]
    public void Links_lead_to_the_web_only()
    {
        Assert.Null(new ChatCitation(1, "javascript:alert(1)", "", "").SafeUrl);
        Assert.Null(new ChatCitation(1, "/relative", "", "").SafeUrl);
        Assert.Equal("https://example.org/a#:~:text=b", new ChatCitation(1, "https://example.org/a#:~:text=b", "", "").SafeUrl);
    }
}
