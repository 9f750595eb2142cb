using System.Diagnostics;
using System.Globalization;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Evaluations;

/// <summary>Asks golden questions the way visitors ask, and says how each went and why one went wrong. Safe for concurrent use.</summary>
public sealed class QuestionEvaluator
{
    // Deeper than answers look, so that a page that came late is told from one that did not come.
    private const int Depth = 30;
    private const int PassagesScored = 5;
    private const int LongestAnswer = 4_000;

    private readonly Retriever retriever;
    private readonly Answerer answerer;
    private readonly SearchExplainer explainer;

    internal QuestionEvaluator(Retriever retriever, Answerer answerer, SearchExplainer explainer) => (this.retriever, this.answerer, this.explainer) = (retriever, answerer, explainer);

    public Task<QuestionOutcome> AskAsync(KnowledgeBase knowledgeBase, GoldenQuestion question, PageMatcher pages, CancellationToken cancellationToken) =>
        AskAsync(knowledgeBase, question, pages, null, new Rehearsal(), cancellationToken);

    /// <param name="model">The language model to ask; null is the preferred one.</param>
    internal async Task<QuestionOutcome> AskAsync(
        KnowledgeBase knowledgeBase, GoldenQuestion question, PageMatcher pages, string? model, Rehearsal rehearsal, CancellationToken cancellationToken)
    {
        var found = await retriever.SearchAsync(
            knowledgeBase with { Settings = rehearsal.Settings ?? knowledgeBase.Settings }, question.Question, Depth, rehearsal.IsTrialIndex, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var result = await answerer.AskToEndAsync(
            new AskRequest { Question = question.Question, KnowledgeBase = knowledgeBase.Id, Stream = false, Options = new AskOptions { Language = question.Language, Model = model }, Rehearsal = rehearsal },
            cancellationToken);
        var outcome = Score(question, found, (result as AskResult.Answered)?.Reply, pages) with { Ms = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1) };
        return outcome.Miss is null ? outcome : await ExplainAsync(knowledgeBase.Id, question, found, pages, outcome, cancellationToken);
    }

    private static QuestionOutcome Score(GoldenQuestion question, RetrievalResult found, AskReply? reply, PageMatcher pages)
    {
        var (hasPages, hasPhrases) = (question.ExpectedPages.Count > 0, question.ExpectedPhrases.Count > 0);
        var right = found.Passages
            .Select(passage => hasPages ? pages.IsExpected(question, passage.Chunk.Url, passage.Chunk.Page) : ExpectedPhrase.IsIn(question.ExpectedPhrases, passage.Text))
            .ToList();
        var phraseRank = found.Passages.Select((passage, place) => ExpectedPhrase.IsIn(question.ExpectedPhrases, passage.Text) ? place + 1 : 0).FirstOrDefault(rank => rank > 0);
        var outcome = new QuestionOutcome
        {
            HasAnswer = question.HasAnswer,
            HasPages = hasPages,
            HasPhrases = hasPhrases,
            PageRank = hasPages ? RankOf(found, right) : phraseRank,
            PhraseRank = phraseRank,
            PrecisionAt5 = found.Passages.Count == 0 ? 0 : (double)right.Take(PassagesScored).Count(it => it) / Math.Min(PassagesScored, found.Passages.Count),
            Answerable = Math.Round(found.Answerable, 4),
            Failed = reply is null,
            Refused = reply is { Refused: true },
            Degraded = reply is { Degraded: true },
            Cites = reply is { Refused: false } && reply.Citations.Any(citation => pages.IsExpected(question, citation.Url, 0)),
            HoldsPhrase = reply is { Refused: false } && ExpectedPhrase.IsIn(question.ExpectedPhrases, reply.Answer),
            Answer = reply?.Answer is { Length: > LongestAnswer } answer ? answer[..LongestAnswer] : reply?.Answer ?? "",
            Cited = [.. (reply?.Citations ?? []).Select(citation => citation.Url)],
        };
        return outcome with { Score = ScoreOf(outcome), Miss = MissOf(outcome) };
    }

    // Of each page the first passage counts.
    private static int RankOf(RetrievalResult found, List<bool> right)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < right.Count; i++)
        {
            seen.Add(PageMatcher.KeyOf(found.Passages[i].Chunk.Url, found.Passages[i].Chunk.Page));
            if (right[i]) return seen.Count;
        }

        return 0;
    }

    private static double ScoreOf(QuestionOutcome it)
    {
        if (it.Failed) return 0;
        if (!it.HasAnswer) return it.Refused ? 1 : 0;
        if (it.Refused) return 0;
        var parts = new List<double>();
        if (it.HasPages) parts.Add(it.Cites ? 1 : 0);
        if (it.HasPhrases) parts.Add(it.HoldsPhrase ? 1 : 0);
        return parts.Count == 0 ? 1 : parts.Average();
    }

    private static string? MissOf(QuestionOutcome it) => it switch
    {
        { Failed: true } => "failed",
        { HasAnswer: false } => it.Refused ? null : "answered",
        { HasPages: true, PageRank: 0 } => "not-retrieved",
        { Refused: true } => "refused",
        { HasPages: true, Cites: false } => "other-page",
        { HasPhrases: true, HoldsPhrase: false, PhraseRank: 0 } => "phrase-not-retrieved",
        { HasPhrases: true, HoldsPhrase: false } => "wrong-sentence",
        _ => null,
    };

    private async Task<QuestionOutcome> ExplainAsync(
        string knowledgeBaseId, GoldenQuestion question, RetrievalResult found, PageMatcher pages, QuestionOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Miss == "not-retrieved" && !found.IsUnavailable)
        {
            var expected = question.ExpectedPages.SelectMany(pages.UrlsOf).FirstOrDefault();
            if (expected is null) return outcome with { Miss = "not-crawled", Detail = "No site of this knowledge base has a root that the path could be below." };
            var why = (await explainer.ExplainAsync(knowledgeBaseId, found, expected, cancellationToken)).Expected!;
            var miss = why.Reason switch
            {
                "outranked" or "not-near" or "no-text" or "not-indexed" => why.Reason,
                // Another page of a PDF, or the whole of it.
                "found" => "outranked",
                _ => "not-crawled",
            };
            return outcome with { Miss = miss, Detail = why.Detail, OutrankedBy = why.OutrankedBy };
        }

        return outcome.Miss switch
        {
            "other-page" => outcome with { Detail = $"The expected page came at place {outcome.PageRank}; the answer cites others.", OutrankedBy = [.. outcome.Cited.Take(PassagesScored)] },
            "phrase-not-retrieved" => outcome with { Detail = "The page was found, but none of the passages holds an expected phrase." },
            "wrong-sentence" => outcome with { Detail = $"Passage {outcome.PhraseRank} holds an expected phrase; the answer says something else." },
            "refused" => outcome with { Detail = string.Create(CultureInfo.InvariantCulture, $"The expected page came at place {outcome.PageRank}; the likelihood that the passages answer was {outcome.Answerable:0.00}.") },
            "answered" => outcome with { Detail = string.Create(CultureInfo.InvariantCulture, $"Nothing answers it; the likelihood that the passages do was {outcome.Answerable:0.00}.") },
            _ => outcome,
        };
    }
}
