using System.Diagnostics;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Api.Retrieval.Ranking;
using Chatbot.Api.Retrieval.Reranking;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Retrieval;

/// <summary>Finds the passages that may answer a question: the one way for chat, search and command line. Safe for concurrent use.</summary>
public sealed partial class Retriever
{
    /// <summary>Passages a caller may ask for at most.</summary>
    public const int MostPassages = 50;

    /// <summary>Candidates asked of the index: enough for the ranking to change its mind, cheap to fetch.</summary>
    private const int Candidates = 100;

    /// <summary>Where a few texts fill most places: the most that an index gives.</summary>
    private const int MostCandidates = 1_000;

    private readonly IChunkIndex index;
    private readonly QuestionMeaning meaning;
    private readonly RerankClient reranker;
    private readonly PassageComposer composer;
    private readonly Freshness freshness;
    private readonly PassageDefuser defuser;
    private readonly ApiTelemetry telemetry;
    private readonly ILogger<Retriever> logger;

    internal Retriever(IChunkIndex index, QuestionMeaning meaning, RerankClient reranker, Freshness freshness, PassageDefuser defuser, ApiTelemetry telemetry, ILogger<Retriever> logger)
    {
        this.index = index;
        this.meaning = meaning;
        this.reranker = reranker;
        composer = new PassageComposer(index);
        this.freshness = freshness;
        this.defuser = defuser;
        this.telemetry = telemetry;
        this.logger = logger;
    }

    /// <param name="question">A question that stands for itself.</param>
    /// <param name="top">Passages wanted, 1 to <see cref="MostPassages"/>.</param>
    /// <returns>An index that fails is a result, too: <see cref="RetrievalResult.IsUnavailable"/>.</returns>
    public Task<RetrievalResult> SearchAsync(string knowledgeBaseId, string question, int top, CancellationToken cancellationToken) =>
        SearchAsync(knowledgeBaseId, question, top, new RetrievalSettings(), ChunkFilter.None, isTrial: false, cancellationToken);

    /// <summary>As the settings of the knowledge base have it.</summary>
    /// <param name="question">A question that stands for itself.</param>
    /// <param name="top">Passages wanted, 1 to <see cref="MostPassages"/>.</param>
    /// <returns>An index that fails is a result, too: <see cref="RetrievalResult.IsUnavailable"/>.</returns>
    public Task<RetrievalResult> SearchAsync(KnowledgeBase knowledgeBase, string question, int top, CancellationToken cancellationToken) =>
        SearchAsync(knowledgeBase, question, top, ChunkFilter.None, cancellationToken);

    /// <inheritdoc cref="SearchAsync(KnowledgeBase, string, int, CancellationToken)"/>
    /// <param name="isTrial">In the index that is tried beside the one that visitors search.</param>
    internal Task<RetrievalResult> SearchAsync(KnowledgeBase knowledgeBase, string question, int top, bool isTrial, CancellationToken cancellationToken) =>
        SearchAsync(knowledgeBase, question, top, ChunkFilter.None, isTrial, cancellationToken);

    /// <summary>As the settings of the knowledge base have it.</summary>
    /// <param name="question">A question that stands for itself.</param>
    /// <param name="top">Passages wanted, 1 to <see cref="MostPassages"/>.</param>
    /// <param name="filter">Which sources may be found, of those that the settings admit.</param>
    /// <returns>An index that fails is a result, too: <see cref="RetrievalResult.IsUnavailable"/>.</returns>
    public Task<RetrievalResult> SearchAsync(KnowledgeBase knowledgeBase, string question, int top, ChunkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(knowledgeBase);
        ArgumentNullException.ThrowIfNull(filter);
        return SearchAsync(knowledgeBase, question, top, filter, isTrial: false, cancellationToken);
    }

    private Task<RetrievalResult> SearchAsync(KnowledgeBase knowledgeBase, string question, int top, ChunkFilter filter, bool isTrial, CancellationToken cancellationToken)
    {
        var settings = knowledgeBase.Settings.Retrieval;
        return SearchAsync(knowledgeBase.Id, question, top, settings, filter with { Within = settings.UrlPrefixes }, isTrial, cancellationToken);
    }

    private async Task<RetrievalResult> SearchAsync(string knowledgeBaseId, string question, int top, RetrievalSettings settings, ChunkFilter filter, bool isTrial, CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("retrieve");
        var started = Stopwatch.GetTimestamp();
        try
        {
            var vector = await meaning.OfAsync(question, cancellationToken);
            var meant = Stopwatch.GetElapsedTime(started);
            var query = new ChunkQuery { KnowledgeBaseId = knowledgeBaseId, IsTrial = isTrial, Question = question, Vector = vector, VectorModel = vector.Model, Filter = filter, Limit = Candidates };
            var searched = await index.SearchAsync(query, cancellationToken);
            if (Copies.Crowd(searched.Candidates, Candidates)) searched = await index.SearchAsync(query with { Limit = MostCandidates }, cancellationToken);
            var looked = Stopwatch.GetElapsedTime(started);
            var found = await meaning.FillAsync(searched, vector, cancellationToken);
            var filled = Stopwatch.GetElapsedTime(started);
            var ranked = PassageRanker.Shipped.Rank(found, question, vector.Model);
            ranked = ranked.InOrder(await reranker.ReorderAsync(question, ranked.Candidates, r => EmbeddingText.Of(r.Candidate.Chunk), cancellationToken));
            ranked = await freshness.ApplyAsync(ranked, settings, isTrial, cancellationToken);
            var passages = await composer.ComposeAsync(knowledgeBaseId, ranked.Candidates, Math.Clamp(top, 1, MostPassages), settings, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started);
            telemetry.Retrieved(elapsed);
            span?.SetTag("chatbot.candidates", found.Candidates.Count).SetTag("chatbot.passages", passages.Count).SetTag("chatbot.answerable", ranked.Answerable);
            var result = new RetrievalResult(passages, found.Terms, found.Generation, elapsed)
            {
                Answerable = ranked.Answerable,
                Candidates = found.Candidates.Count,
                Phrases = found.Phrases,
                Ranked = ranked.Candidates,
                Vector = vector,
                Timings = new SearchTimings(Ms(meant), Ms(looked - meant), Ms(filled - looked), Ms(elapsed - filled)),
            };
            // Whoever asked, a model may read it next: what is written to models instead of readers is nobody's answer.
            result = defuser.Defuse(result);
            if (result.Guarded > 0) telemetry.Guarded("page", result.Guarded);
            return result;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever broke in there, the visitor is better served by an answer that says so than by none.
            span?.SetStatus(ActivityStatusCode.Error);
            telemetry.Failed("retrieval");
            LogUnavailable(error);
            return new RetrievalResult([], [], 0, Stopwatch.GetElapsedTime(started)) { IsUnavailable = true };
        }
    }

    private static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);

    [LoggerMessage(LogLevel.Error, "The index did not answer; questions are answered without it")]
    private partial void LogUnavailable(Exception error);
}
