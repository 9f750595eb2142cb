using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;

namespace Chatbot.Benchmarks.Sites;

/// <summary>How one question went.</summary>
/// <param name="PageRank">Place of the first expected page among the pages found, from 1; 0: not among them.</param>
/// <param name="PhraseRank">Place of the first passage with an expected phrase, from 1; 0: in none.</param>
/// <param name="Cites">The answer cites an expected page.</param>
/// <param name="HoldsPhrase">The answer holds an expected phrase.</param>
internal sealed record SiteResult(
    SiteQuestion Question, int PageRank, int PhraseRank, double AveragePassage, double Answerable, double TopCosine, double Coverage, bool Refused, bool Cites, bool HoldsPhrase, string Answer, double SearchMs)
{
    public static SiteResult Of(SiteQuestion question, RetrievalResult found, AskReply? reply, string root) => new(
        question,
        SiteScorer.PageRank(question, found.Passages.Select(p => p.Chunk.Url), root),
        SiteScorer.PhraseRank(question, found.Passages.Take(10).Select(p => p.Text)),
        found.Passages.Count == 0 ? 0 : found.Passages.Take(10).Average(p => p.Text.Length),
        found.Answerable,
        found.Passages.Select(p => p.Candidate.Cosine ?? 0).DefaultIfEmpty().Max(),
        found.Passages.Take(5).Select(p => p.Candidate.Coverage).DefaultIfEmpty().Max(),
        reply?.Refused ?? true,
        reply is { Refused: false } && reply.Citations.Any(c => question.ExpectedPages.Contains(SiteScorer.Relative(c.Url, root))),
        reply is { Refused: false } && SiteScorer.PhraseRank(question, [reply.Answer]) > 0,
        reply?.Answer ?? "",
        found.Elapsed.TotalMilliseconds);
}
