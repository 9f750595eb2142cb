using System.Diagnostics;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

/// <summary>Finds the passages that may answer a question: the one way for chat, search and command line. Safe for concurrent use.</summary>
public sealed partial class Retriever
{
    /// <summary>Passages a caller may ask for at most.</summary>
    public const int MostPassages = 50;

    /// <summary>Candidates asked of the index: enough for the ranking to change its mind, cheap to fetch.</summary>
    private const int Candidates = 100;

    private readonly IChunkIndex index;
    private readonly QuestionMeaning meaning;
    private readonly ApiTelemetry telemetry;
    private readonly ILogger<Retriever> logger;

    internal Retriever(IChunkIndex index, QuestionMeaning meaning, ApiTelemetry telemetry, ILogger<Retriever> logger)
    {
        this.index = index;
        this.meaning = meaning;
        this.telemetry = telemetry;
        this.logger = logger;
    }

    /// <param name="question">A question that stands for itself.</param>
    /// <param name="top">Passages wanted, 1 to <see cref="MostPassages"/>.</param>
    /// <returns>An index that fails is a result, too: <see cref="RetrievalResult.IsUnavailable"/>.</returns>
    public async Task<RetrievalResult> SearchAsync(string knowledgeBaseId, string question, int top, CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("retrieve");
        var started = Stopwatch.GetTimestamp();
        try
        {
            var vector = await meaning.OfAsync(question, cancellationToken);
            var query = new ChunkQuery { KnowledgeBaseId = knowledgeBaseId, Question = question, Vector = vector, Limit = Candidates };
            var found = await meaning.FillAsync(await index.SearchAsync(query, cancellationToken), vector, cancellationToken);
            var passages = PassageRanker.Rank(found, Math.Clamp(top, 1, MostPassages));
            var elapsed = Stopwatch.GetElapsedTime(started);
            telemetry.Retrieved(elapsed);
            span?.SetTag("chatbot.candidates", found.Candidates.Count).SetTag("chatbot.passages", passages.Count);
            return new RetrievalResult(passages, found.Terms, found.Generation, elapsed) { Candidates = found.Candidates.Count, Phrases = found.Phrases };
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

    [LoggerMessage(LogLevel.Error, "The index did not answer; questions are answered without it")]
    private partial void LogUnavailable(Exception error);
}
