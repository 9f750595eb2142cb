using Chatbot.Api.Evaluations;
using Chatbot.Backends.Evaluation;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class PageMatcherTests
{
    private static readonly PageMatcher Pages = new(["https://town.example/docs/", "https://other.example/"]);

    [Theory]
    [InlineData("hours.html", "https://town.example/docs/hours.html", 0, true)]
    [InlineData("hours.html", "https://town.example/docs/hours.html#:~:text=eight", 0, true)]
    [InlineData("hours.html", "https://town.example/docs/hours.html?utm=1", 0, true)]
    [InlineData("hours.html", "https://town.example/hours.html", 0, false)]
    [InlineData("hours.html", "https://other.example/hours.html", 0, true)]
    [InlineData("?id=3", "https://other.example/?id=3", 0, true)]
    [InlineData("?id=3", "https://other.example/?id=4", 0, false)]
    [InlineData("https://far.example/a", "https://far.example/a#b", 0, true)]
    [InlineData("guide.pdf#page=3", "https://town.example/docs/guide.pdf#page=3", 0, true)]
    [InlineData("guide.pdf#page=3", "https://town.example/docs/guide.pdf", 3, true)]
    [InlineData("guide.pdf#page=3", "https://town.example/docs/guide.pdf#page=4", 0, false)]
    [InlineData("guide.pdf", "https://town.example/docs/guide.pdf#page=4", 0, true)]
    [InlineData("guide.pdf", "/api/files/00000000-0000-0000-0000-000000000000/guide.pdf#page=4", 0, true)]
    public void An_expected_page_is_told_by_its_address_below_a_root(string expected, string url, int page, bool isExpected)
    {
        var question = new GoldenQuestion { Id = "", KnowledgeBaseId = "", Name = "", Question = "", Kind = "fact", ExpectedPages = [expected] };

        Assert.Equal(isExpected, Pages.IsExpected(question, url, page));
    }

    [Fact]
    public void Figures_count_the_questions_that_they_are_about()
    {
        QuestionOutcome[] outcomes =
        [
            new() { HasAnswer = true, HasPages = true, HasPhrases = true, PageRank = 1, PhraseRank = 2, PrecisionAt5 = 0.4, Cites = true, HoldsPhrase = true, Score = 1, Ms = 10 },
            new() { HasAnswer = true, HasPages = true, PageRank = 4, PrecisionAt5 = 0.2, Refused = true, Ms = 20 },
            new() { HasAnswer = true, HasPages = true, HasPhrases = true, PageRank = 0, Ms = 30 },
            new() { HasAnswer = false, Refused = true, Score = 1, Ms = 40 },
        ];

        var metrics = EvaluationMetrics.Of(outcomes);

        Assert.Equal((0.3333, 0.3333, 0.6667, 0.6667), (metrics.HitAt1, metrics.HitAt3, metrics.HitAt5, metrics.HitAt10));
        Assert.Equal((0.4167, 0.2, 0.5, 0.5), (metrics.Mrr, metrics.PrecisionAt5, metrics.PhraseAt5, metrics.AnswerPhrase));
        Assert.Equal((1.0, 0.3333, 0.75, 0.5, 25.0), (metrics.RefusedRightly, metrics.RefusedWrongly, metrics.RefusalsRight, metrics.Score, metrics.MeanMs));
        Assert.Null(EvaluationMetrics.Of([]).Score);
    }
}
