using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval.Ranking;

public sealed class WordMatchesTests
{
    private static readonly QuestionTerm[] Question = [Term("opening"), Term("hours"), Term("library")];

    [Fact]
    public void Words_in_the_question_s_order_make_pairs_and_a_run()
    {
        var match = Of("The opening hours library staff agreed on.");

        Assert.Equal((1.0, 1.0, 1.0, 1.0), (match.Window, match.Pairs, match.Run, match.Coverage));
    }

    [Fact]
    public void Words_far_apart_are_covered_but_not_together()
    {
        var far = string.Join(' ', Enumerable.Repeat("and", WordMatches.WindowLength));
        var match = Of($"opening {far} hours {far} library");

        Assert.Equal((1.0, 0.0), (match.Coverage, match.Pairs));
        Assert.Equal(1 / 3.0, match.Window, 6);
        Assert.Equal(1 / 3.0, match.Run, 6);
    }

    [Fact]
    public void The_other_order_is_no_pair()
    {
        Assert.Equal(0, Of("hours opening").Pairs);
        Assert.Equal(0.5, Of("opening hours").Pairs, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of it stands here")]
    public void A_text_without_the_words_has_none(string text)
    {
        var match = Of(text);

        Assert.Equal((0.0, 0.0, 0.0, 0.0), (match.Window, match.Pairs, match.Run, match.Coverage));
    }

    [Fact]
    public void A_question_without_words_matches_nothing()
    {
        Assert.Equal(0, WordMatches.Of([], Chunk("opening hours")).Coverage);
    }

    private static WordMatches Of(string text) => WordMatches.Of(Question, Chunk(text));

    // Without a language words are only folded: what is written here is what is matched.
    private static Chunk Chunk(string text) => new() { Id = "c", DocumentId = "d", Version = 1, Ordinal = 0, Text = text, Url = "https://town.example/" };

    private static QuestionTerm Term(string word) => new(word, 2, [word]);
}
