using Chatbot.Api.Answering.Generating;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Generating;

public sealed class PromptBudgetTests
{
    private static readonly string s_german = string.Join(' ', Enumerable.Repeat("Das Bürgerbüro ist werktags von acht bis zwölf Uhr geöffnet.", 30));
    private static readonly string s_chinese = string.Concat(Enumerable.Repeat("市政厅工作日上午八点至十二点开放。", 40));

    [Theory]
    [InlineData(100_000, 3)]
    [InlineData(1_200, 2)]
    [InlineData(700, 1)]
    public void The_best_passages_that_fit_are_taken(int tokens, int expected)
    {
        var fitting = PromptBudget.Fit([Passage(1, s_german), Passage(2, s_chinese), Passage(3, s_german)], tokens, 8);

        Assert.Equal(Enumerable.Range(1, expected), fitting.Select(passage => passage.Rank));
        Assert.True(fitting.Sum(passage => TokenCounter.Of(passage.Text)) <= tokens);
    }

    [Fact]
    public void Of_a_passage_that_is_too_long_by_itself_its_beginning_is_taken()
    {
        var fitting = Assert.Single(PromptBudget.Fit([Passage(1, s_chinese)], 100, 8));

        Assert.StartsWith(fitting.Text, s_chinese, StringComparison.Ordinal);
        Assert.InRange(TokenCounter.Of(fitting.Text), 30, 60);
    }

    private static Passage Passage(int rank, string text) => new(rank, 1.0 / rank, new ChunkCandidate(
        new Chunk { Id = $"c{rank}", DocumentId = $"d{rank}", Version = 1, Ordinal = 0, Text = text, Url = "https://town.example/", Title = "Town", Language = "de" }, 1, null, []));
}
