using System.Globalization;
using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;

namespace Chatbot.Api.Retrieval.Explaining;

/// <summary>Says of a search why each passage stands where it stands, and why a page that was expected does not. Safe for concurrent use.</summary>
public sealed class SearchExplainer
{
    private const int MostOutrankers = 5;

    private readonly IChunkIndex index;
    private readonly DocumentStore documents;
    private readonly CrawledUrls crawled;

    internal SearchExplainer(IChunkIndex index, DocumentStore documents, CrawledUrls crawled)
    {
        this.index = index;
        this.documents = documents;
        this.crawled = crawled;
    }

    /// <param name="expected">URL of a page that should have been found; null when none is asked about.</param>
    public async Task<SearchExplanation> ExplainAsync(string knowledgeBaseId, RetrievalResult result, string? expected, CancellationToken cancellationToken)
    {
        var places = new Places(result);
        return new SearchExplanation(
            [.. result.Terms.Select(t => new WordExplanation(t.Text, Round(t.Idf), t.Terms, t.ReadAs))],
            result.Phrases,
            Round(result.Answerable),
            result.Candidates,
            result.Timings,
            [.. result.Passages.Select(p => places.Explain(p.Chunk.Id, p.Rank))],
            expected is null ? null : await ExpectAsync(knowledgeBaseId, result, expected, places, cancellationToken));
    }

    private async Task<ExpectedPage> ExpectAsync(string knowledgeBaseId, RetrievalResult result, string expected, Places places, CancellationToken cancellationToken)
    {
        var url = WithoutFragment(expected);
        if (result.Passages.FirstOrDefault(p => WithoutFragment(p.Chunk.Url) == url) is { } shown)
            return new ExpectedPage(url, "found", $"It is result {N(shown.Rank)}.", places.Explain(shown.Chunk.Id, shown.Rank), []);
        if (places.BestOf(url) is { } rank)
        {
            var best = places.Explain(rank);
            return new ExpectedPage(url, "outranked", $"Its best passage came {N(rank)} of {N(places.Count)}; {N(rank - 1)} passages suit the question better.", best, places.Before(rank, MostOutrankers));
        }

        var document = await documents.FindByUrlAsync(knowledgeBaseId, url, cancellationToken);
        if (document is { Status: not DocumentStatus.Gone, IndexedVersion: > 0 })
        {
            var chunks = await index.GetDocumentAsync(knowledgeBaseId, document.Id, cancellationToken);
            return chunks.Count == 0
                ? new ExpectedPage(url, "no-text", "It is indexed, but nothing on it was taken for content: all of it looks like navigation or boilerplate. `chatbot extract` on the page shows what is read.", null, [])
                : new ExpectedPage(url, "not-near", $"It is indexed in {N(chunks.Count)} passages, but none was among the {N(result.Candidates)} candidates: they share hardly a word or a meaning with the question.", null, places.Before(int.MaxValue, MostOutrankers));
        }

        if (document is { Status: DocumentStatus.Failed })
            return new ExpectedPage(url, "not-indexed", $"It was crawled, but could not be read: {document.Error}", null, []);
        if (document is not null && document.Status != DocumentStatus.Gone)
            return new ExpectedPage(url, "not-indexed", "It was crawled and still waits to be indexed.", null, []);
        return await crawled.FindAsync(knowledgeBaseId, url, cancellationToken) is { } line
            ? new ExpectedPage(url, line.Reason ?? line.State, $"The last crawl has it as {line.State}{(line.Reason is null ? "" : $" ({line.Reason})")}{(line.Detail is null ? "" : $": {line.Detail}")}.", null, [])
            : new ExpectedPage(url, "not-crawled", "No crawl has met this URL: no page links to it within the limits of a site, or it belongs to no site of this knowledge base.", null, []);
    }

    private static string WithoutFragment(string url)
    {
        var bare = url.Split('#')[0];
        return Uri.TryCreate(bare, UriKind.Absolute, out var parsed) ? parsed.AbsoluteUri : bare;
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);

    /// <summary>All candidates of a result in their order, and their places on each side.</summary>
    private sealed class Places
    {
        private readonly IReadOnlyList<RankedCandidate> ranked;
        private readonly LinearModel model;
        private readonly Dictionary<string, int> byWords;
        private readonly Dictionary<string, int> byMeaning;

        public Places(RetrievalResult result)
        {
            ranked = result.Ranked;
            model = ranked.Any(r => r.Candidate.Cosine is not null) ? RankingModel.Shipped.Meaning : RankingModel.Shipped.Words;
            byWords = Order(ranked.Where(r => r.Candidate.WordScore > 0).OrderByDescending(r => r.Candidate.WordScore));
            byMeaning = Order(ranked.Where(r => r.Candidate.Cosine is not null).OrderByDescending(r => r.Candidate.Cosine));
        }

        public int Count => ranked.Count;

        /// <returns>The place of the page's best passage from 1; null when it has none.</returns>
        public int? BestOf(string url)
        {
            for (var i = 0; i < ranked.Count; i++)
            {
                if (WithoutFragment(ranked[i].Candidate.Chunk.Url) == url) return i + 1;
            }

            return null;
        }

        public IReadOnlyList<string> Before(int rank, int most) =>
            [.. ranked.Take(Math.Min(rank - 1, most)).Select((r, i) => $"{N(i + 1)}. {r.Candidate.Chunk.Url}: {string.Join(" › ", r.Candidate.Chunk.HeadingPath.Prepend(r.Candidate.Chunk.Title))}")];

        public PassageExplanation Explain(string chunkId, int rank)
        {
            for (var i = 0; i < ranked.Count; i++)
            {
                if (ranked[i].Candidate.Chunk.Id == chunkId) return Explain(i + 1) with { Rank = rank };
            }

            throw new ArgumentException($"The chunk {chunkId} was not ranked.", nameof(chunkId));
        }

        public PassageExplanation Explain(int rank)
        {
            var (candidate, score, row) = ranked[rank - 1];
            return new PassageExplanation(
                rank, candidate.Chunk.Id, candidate.Chunk.Url, Round(score), Round(candidate.WordScore), Round(candidate.BodyScore), Round(candidate.HeadingScore),
                Round(candidate.DocumentScore), candidate.Cosine is { } cosine ? Round(cosine) : null, Round(candidate.Coverage),
                byWords.GetValueOrDefault(candidate.Chunk.Id), byMeaning.GetValueOrDefault(candidate.Chunk.Id), candidate.MatchedWords, candidate.MatchedPhrases,
                row is null ? [] : [.. model.Features
                    .Select((f, i) => new FeatureExplanation(f.Name, Round(row[i]), Round(f.Weight * (row[i] - f.Mean) / f.Deviation)))
                    .Where(f => f.Contribution != 0)
                    .OrderByDescending(f => Math.Abs(f.Contribution))]);
        }

        private static Dictionary<string, int> Order(IEnumerable<RankedCandidate> ordered)
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var one in ordered) places.TryAdd(one.Candidate.Chunk.Id, places.Count + 1);
            return places;
        }
    }
}
