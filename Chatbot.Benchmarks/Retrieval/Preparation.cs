using System.Diagnostics;
using System.Globalization;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Asks a set's questions of the index and keeps what training and scoring need.</summary>
internal static class Preparation
{
    public const int Folds = 5;

    private const int Limit = 100;

    public static async Task<List<PreparedQuestion>> RunAsync(EvaluationSet set, CancellationToken cancellationToken)
    {
        var vectors = await set.Host.EmbedAsync([.. set.Questions.Select(q => q.Text)], cancellationToken);
        var prepared = new PreparedQuestion[set.Questions.Count];
        var done = 0;
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = await PrepareAsync(set, set.Questions[i], vectors[i], cancellationToken);
            if (++done % 500 == 0) Console.Error.Write($"\r{set.Name}: {done} of {prepared.Length} questions ");
        }

        return [.. prepared];
    }

    private static async Task<PreparedQuestion> PrepareAsync(EvaluationSet set, EvaluationQuestion question, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await set.Host.Index.SearchAsync(
            new ChunkQuery { KnowledgeBaseId = set.Host.KnowledgeBaseId, Question = question.Text, Vector = vector, Limit = Limit }, cancellationToken);
        PassageRanker.Shipped.Rank(found, question.Text, vectorModel: null);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var texts = new Dictionary<string, WordMatches>(StringComparer.Ordinal);
        CandidateList List(ChunkCandidates candidates) => Preparation.List(candidates, question, Match);
        WordMatches Match(ChunkCandidate c) => texts.TryGetValue(c.Chunk.Id, out var known) ? known : texts[c.Chunk.Id] = WordMatches.Of(found.Terms, c.Chunk);
        var byWords = found with { Candidates = [.. found.Candidates.Where(c => c.WordScore > 0).Select(c => c with { Cosine = null })] };
        var removable = question.IsAnswerable && found.Candidates.Any(c => question.IsPage(question.Page(c.Chunk)));
        return new PreparedQuestion(set.Name, FoldOf(question.Id), question.IsAnswerable, List(found), List(byWords))
        {
            MeaningWithout = removable ? List(Without(found, question)) : null,
            WordsWithout = removable ? List(Without(byWords, question)) : null,
            Searched = set.IsSite ? await SearchAsync(set, question, cancellationToken) : null,
            Ms = elapsed.TotalMilliseconds,
        };
    }

    private static async Task<IReadOnlyList<PreparedCandidate>> SearchAsync(EvaluationSet set, EvaluationQuestion question, CancellationToken cancellationToken)
    {
        var found = await set.Host.Retriever.SearchAsync(set.Host.KnowledgeBaseId, question.Text, 10, cancellationToken);
        var pages = new List<string>();
        return [.. found.Passages.Select(p =>
        {
            var page = question.Page(p.Chunk);
            if (!pages.Contains(page)) pages.Add(page);
            return new PreparedCandidate(pages.IndexOf(page), question.IsPage(page), question.HasAnswer(p.Text), p.Text.Length, 0, 0);
        })];
    }

    private static ChunkCandidates Without(ChunkCandidates found, EvaluationQuestion question) =>
        found with { Candidates = [.. found.Candidates.Where(c => !question.IsPage(question.Page(c.Chunk)))] };

    private static CandidateList List(ChunkCandidates found, EvaluationQuestion question, Func<ChunkCandidate, WordMatches> match)
    {
        if (found.Candidates.Count == 0) return new CandidateList([], [], null);
        var simple = new SimpleScore(found);
        var distinct = Copies.Drop(found.Candidates.OrderByDescending(simple.Of));
        var ordered = distinct.Candidates;
        var pages = new Dictionary<string, int>(StringComparer.Ordinal);
        var candidates = ordered.ConvertAll(c =>
        {
            var page = question.Page(c.Chunk);
            if (!pages.TryGetValue(page, out var number)) pages[page] = number = pages.Count;
            return new PreparedCandidate(number, question.IsPage(page), question.HasAnswer(c.Chunk.Text), c.Chunk.Text.Length, simple.Words(c), c.Cosine ?? double.MinValue);
        });
        return new CandidateList(candidates, RankingFeatures.Of([.. ordered.Take(PassageRanker.Closely)], found, simple, QuestionNames.Of(question.Text, found.Terms), match), QuestionFacts.Of(found, distinct, simple))
        {
            Forms = ordered.ConvertAll(distinct.FormOf),
        };
    }

    private static int FoldOf(string id) => int.Parse(Ids.Hash(id).AsSpan(0, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Folds;
}
