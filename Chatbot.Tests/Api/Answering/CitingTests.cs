using Chatbot.Api.Answering.Citing;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class CitingTests
{
    [Theory]
    [InlineData("Short words, all of them.", "https://a.example/p#:~:text=Short%20words%2C%20all%20of%20them.")]
    [InlineData("A well-known path & more", "https://a.example/p#:~:text=A%20well%2Dknown%20path%20%26%20more")]
    [InlineData("One two three four five six seven eight nine ten eleven twelve thirteen", "https://a.example/p#:~:text=One%20two%20three%20four,ten%20eleven%20twelve%20thirteen")]
    [InlineData("Day ticket | 4 euros", "https://a.example/p#:~:text=Day%20ticket,4%20euros")]
    public void A_page_is_cited_at_its_words(string text, string expected) =>
        Assert.Equal(expected, TextFragment.Of("https://a.example/p#old", 0, null, text));

    [Fact]
    public void An_anchor_is_kept_for_browsers_that_know_no_text_fragments() =>
        Assert.Equal("https://a.example/p#sec-1:~:text=Words", TextFragment.Of("https://a.example/p", 0, "sec-1", "Words"));

    [Fact]
    public void A_document_with_pages_is_cited_at_its_page() =>
        Assert.Equal("https://a.example/d.pdf#page=3", TextFragment.Of("https://a.example/d.pdf", 3, null, "Words"));

    [Theory]
    [InlineData("Yes [1].", "Yes [1].")]
    [InlineData("No [4].", "No.")]
    [InlineData("Both [1, 4] [2][9].", "Both [1] [2].")]
    [InlineData("`list[7]` and [note] and [ ] stay", "`list[7]` and [note] and [ ] stay")]
    [InlineData("Open [1", "Open [1")]
    [InlineData("Huge [99999999999999999999].", "Huge.")]
    public void Citations_of_passages_that_are_not_there_are_taken_out_however_the_text_is_cut(string text, string expected)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var filter = new CitationFilter(3);
            var shown = string.Concat(text.Chunk(size).Select(piece => filter.Next(new string(piece)))) + filter.End();
            Assert.Equal(expected, shown);
        }
    }
}
