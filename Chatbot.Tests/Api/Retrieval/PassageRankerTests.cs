using System.Globalization;
using Chatbot.Api.Retrieval;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval;

public sealed class PassageRankerTests
{
    private static readonly QuestionTerm[] Terms = [new("ferry", 3, ["ferry"]), new("leaves", 2, ["leaves"])];

    [Fact]
    public void The_passage_with_words_and_meaning_comes_first()
    {
        var ranked = Rank(Candidate("a", "The mayor speaks on Monday.", 0.1, 0.75), Candidate("b", "The ferry leaves at noon.", 4, 0.88), Candidate("c", "A ferry is painted.", 2, 0.8));

        Assert.Equal(["b", "c", "a"], ranked.Candidates.Select(c => c.Candidate.Chunk.Id));
        Assert.Equal(ranked.Candidates.Select(c => c.Score).OrderDescending(), ranked.Candidates.Select(c => c.Score));
    }

    [Fact]
    public void Copies_of_a_passage_are_shown_once()
    {
        const string Text = "The ferry over the river leaves at noon and at six from the old pier, on Sundays from the new one, and on holidays not at all unless the mayor says so on the day before.";
        var ranked = Rank(Candidate("a", Text, 4, 0.9), Candidate("b", Text.ToUpperInvariant(), 4, 0.9), Candidate("c", Text + " 2026", 3.9, 0.9), Candidate("d", "The ferry leaves.", 4, 0.85));

        Assert.Equal(2, ranked.Candidates.Count);
        Assert.Contains(ranked.Candidates, c => c.Candidate.Chunk.Id == "d");
    }

    [Fact]
    public void A_paragraph_that_stands_on_ten_pages_with_other_numbers_says_ten_things_and_with_other_words_one()
    {
        const string Text = "Whoever uses the parking area at the market pays {0} crowns for each hour that has begun, on Sundays nothing. Residents show their card at the barrier, guests of the hotels get one at the desk. The area closes at {1} o'clock, and cars that stand there longer are towed away at the cost of their owner, who is told so by letter within a week.";
        var pages = Enumerable.Range(0, 10).Select(i => Candidate($"p{i}", string.Format(CultureInfo.InvariantCulture, Text, 2 + (i / 2), 20 + (i % 2)), 3, 0.9 - (i / 1000.0))).ToArray();
        var copies = pages.Select(page => page with { Chunk = page.Chunk with { Id = page.Chunk.Id + "copy", Text = page.Chunk.Text + " As of 2026" }, Cosine = 0.8 });

        var others = Enumerable.Range(0, 12).Select(i => Candidate($"c{i}", $"Other matters of the town, number {i}, are told here.", 0.2, 0.75 + (i / 1000.0)));

        var ranked = Rank([.. pages, .. copies, .. others]);
        var alone = Rank([pages[0], .. others]);

        Assert.Equal(pages.Select(page => page.Chunk.Id).Order(), ranked.Candidates.Select(it => it.Candidate.Chunk.Id).Where(id => id[0] == 'p').Order());
        // What stands on ten pages is no less sure than what stands on one.
        Assert.InRange(ranked.Answerable, alone.Answerable - 0.1, 1);
    }

    [Fact]
    public void Everything_that_was_found_is_ranked_once_even_what_is_not_looked_at_closely()
    {
        var many = Enumerable.Range(0, 80).Select(i => Candidate($"c{i}", $"Ferry number {i} leaves from pier {i * 31} of the harbour in {i} minutes.", 1 + (i % 7), 0.7 + (i % 11 / 100.0))).ToArray();

        var ranked = Rank(many).Candidates;

        Assert.Equal(80, ranked.Select(c => c.Candidate.Chunk.Id).Distinct().Count());
        Assert.Equal(PassageRanker.Closely, ranked.Count(c => c.Features is not null));
        Assert.Equal(ranked.Select(c => c.Score).OrderDescending(), ranked.Select(c => c.Score));
    }

    [Fact]
    public void Scores_fall_with_the_rank_when_another_model_puts_the_candidates_in_its_order()
    {
        var ranked = Rank(Candidate("a", "The mayor speaks on Monday.", 0.1, 0.75), Candidate("b", "The ferry leaves at noon.", 4, 0.88), Candidate("c", "A ferry is painted.", 2, 0.8));

        var turned = ranked.InOrder([.. ranked.Candidates.Reverse()]);

        Assert.Equal(["a", "c", "b"], turned.Candidates.Select(c => c.Candidate.Chunk.Id));
        Assert.Equal(ranked.Candidates.Select(c => c.Score), turned.Candidates.Select(c => c.Score));
        Assert.Equal(ranked.Answerable, turned.Answerable);
    }

    [Fact]
    public void Of_passages_that_are_equally_near_the_one_wins_that_says_it_and_not_what_all_of_them_say()
    {
        var filler = Enumerable.Range(0, 12).Select(i => Candidate($"c{i}", $"Other matters of the town, number {i}, are told here.", 0.2, 0.8 + (i / 1000.0)) with { SpecificCosine = 0.1 + (i / 100.0) }).ToArray();

        var ranked = Rank([
            Candidate("ordinary", "The harbour, its ships and its people.", 1, 0.86) with { SpecificCosine = 0.15 },
            Candidate("specific", "A boat departs when the clock strikes twelve.", 1, 0.86) with { SpecificCosine = 0.45 },
            .. filler,
        ]);

        Assert.Equal("specific", ranked.Candidates[0].Candidate.Chunk.Id);
    }

    [Fact]
    public void Without_any_vector_words_decide()
    {
        var ranked = Rank(Candidate("a", "The mayor speaks.", 0.5, null), Candidate("b", "The ferry leaves at noon.", 4, null));

        Assert.Equal("b", ranked.Candidates[0].Candidate.Chunk.Id);
        Assert.InRange(ranked.Answerable, 0.01, 1);
    }

    [Fact]
    public void A_question_that_the_passages_answer_is_likelier_answerable_than_one_that_they_do_not()
    {
        var filler = Enumerable.Range(0, 20).Select(i => Candidate($"c{i}", $"Other matters of the town, number {i}, are told here.", 0.2, 0.72 + (i / 1000.0))).ToArray();

        var answered = Rank([Candidate("b", "The ferry leaves at noon.", 4.5, 0.92), .. filler]);
        var unanswered = Rank(filler);

        Assert.True(answered.Answerable > unanswered.Answerable + 0.3, $"{answered.Answerable} and {unanswered.Answerable}");
    }

    [Fact]
    public void The_scale_of_another_embedding_model_makes_no_difference()
    {
        ChunkCandidate[] candidates = [Candidate("a", "The mayor speaks on Monday.", 0.1, 0.75), Candidate("b", "The ferry leaves at noon.", 4, 0.88), Candidate("c", "A ferry is painted.", 2, 0.8)];
        var other = candidates.Select(c => c with { Cosine = (c.Cosine - 0.7) * 3 }).ToArray();

        var (one, another) = (Rank("other", candidates), Rank("other", other));

        Assert.Equal(one.Candidates.Select(c => Math.Round(c.Score, 6)), another.Candidates.Select(c => Math.Round(c.Score, 6)));
        Assert.Equal(one.Answerable, another.Answerable, 6);
        Assert.Equal(0.54, another.Candidates.Single(c => c.Candidate.Chunk.Id == "b").Candidate.Cosine!.Value, 6);
    }

    [Fact]
    public void Nothing_found_is_nothing_ranked()
    {
        var ranked = PassageRanker.Shipped.Rank(ChunkCandidates.None, "", null);

        Assert.Empty(ranked.Candidates);
        Assert.Equal(0, ranked.Answerable);
    }

    private static RankedCandidates Rank(params ChunkCandidate[] candidates) => Rank(null, candidates);

    private static RankedCandidates Rank(string? model, ChunkCandidate[] candidates) =>
        PassageRanker.Shipped.Rank(new ChunkCandidates(candidates, 5, 1) { Terms = Terms }, "When leaves the ferry?", model);

    private static ChunkCandidate Candidate(string id, string text, double words, double? cosine) =>
        new(new Chunk { Id = id, DocumentId = id, Version = 1, Ordinal = 0, Text = text, Url = $"https://town.example/{id}" }, words, cosine, [])
        {
            BodyScore = words,
            Coverage = Math.Min(1, words / 5),
            DocumentScore = words,
        };
}
