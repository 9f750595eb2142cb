using System.Diagnostics.Metrics;
using Chatbot.Api.Answering;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Evaluations.Drift;

/// <summary>
/// Asks the most frequent questions of visitors and golden ones again after a crawl that changed something, and reports
/// answers that became others with the pages that changed. Bounded in number and time; visitors come first. Safe for
/// concurrent use.
/// </summary>
internal sealed partial class DriftWatch
{
    private const int MostOfVisitors = 30;
    private const int MostGolden = 30;
    private const int MostPages = 5;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    // What was crawled is asked about once it is found. A document that never gets through must not hold this up for ever.
    private static readonly TimeSpan WaitForIngestion = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly DriftStore drift;
    private readonly VisitorQuestions asked;
    private readonly GoldenQuestionStore golden;
    private readonly EvaluationStore runs;
    private readonly EvaluationSettingsStore settings;
    private readonly ChangedPages pages;
    private readonly KnowledgeBaseStore knowledgeBases;
    private readonly Answerer answerer;
    private readonly IJobQueue queue;
    private readonly VisitorTraffic traffic;
    private readonly DriftWebhook webhook;
    private readonly TimeProvider clock;
    private readonly Counter<long> changes;
    private readonly ILogger<DriftWatch> logger;

    public DriftWatch(
        DriftStore drift, VisitorQuestions asked, GoldenQuestionStore golden, EvaluationStore runs, EvaluationSettingsStore settings, ChangedPages pages, KnowledgeBaseStore knowledgeBases,
        Answerer answerer, IJobQueue queue, VisitorTraffic traffic, DriftWebhook webhook, TimeProvider clock, IMeterFactory meters, ILogger<DriftWatch> logger)
    {
        (this.drift, this.asked, this.golden, this.runs, this.settings, this.pages, this.knowledgeBases) = (drift, asked, golden, runs, settings, pages, knowledgeBases);
        (this.answerer, this.queue, this.traffic, this.webhook, this.clock, this.logger) = (answerer, queue, traffic, webhook, clock, logger);
        changes = meters.Create(ApiTelemetry.Name).CreateCounter<long>("rag_answer_changes_total", description: "Answers to frequent questions that became others after a crawl");
    }

    /// <summary>Looks after a crawl that nobody looked after yet.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await drift.TakeAsync(cancellationToken) is not { } check) return;
        var isReady = (await queue.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle;
        if (!isReady && clock.GetUtcNow() - check.CrawlFinishedAt < WaitForIngestion)
        {
            await drift.PutOffAsync(check, Pause, cancellationToken);
            return;
        }

        if (await knowledgeBases.FindAsync(check.KnowledgeBaseId, cancellationToken) is not { } knowledgeBase) return;
        var found = new List<AnswerChange>();
        var questions = 0;
        var started = clock.GetUtcNow();
        foreach (var question in await QuestionsAsync(knowledgeBase.Id, cancellationToken))
        {
            if (clock.GetUtcNow() - started > MostTime) break;
            await traffic.LetPassAsync(cancellationToken);
            questions++;
            if (await AskAsync(knowledgeBase, check, question, cancellationToken) is { } change) found.Add(change);
        }

        await drift.FinishAsync(check, questions, found.Count, cancellationToken);
        if (found.Count == 0) return;
        changes.Add(found.Count, new KeyValuePair<string, object?>("knowledge_base", knowledgeBase.Name));
        LogChanged(found.Count, questions, knowledgeBase.Name, check.RunId);
        if ((await settings.GetAsync(knowledgeBase.Id, cancellationToken)).Webhook is { } address) await webhook.TellAsync(address, knowledgeBase.Name, check.RunId, found, cancellationToken);
    }

    private async Task<IReadOnlyList<Watched>> QuestionsAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var watched = new Dictionary<string, Watched>(StringComparer.Ordinal);
        foreach (var question in await asked.CountAsync(knowledgeBaseId, refused: false, clock.GetUtcNow() - Lately, MostOfVisitors, cancellationToken))
            watched[GoldenQuestionStore.HashOf(question.Question)] = new(question.Question, null, question.Times, new KnownAnswer(question.Answer, Cited(question.Citations.Select(it => it.Url)), question.Refused, null));
        var measured = await runs.FindLiveAsync(knowledgeBaseId, null, cancellationToken) is { } run ? await runs.GetResultsAsync(run.Id, cancellationToken) : [];
        foreach (var question in await golden.ListAsync(new GoldenFilter(knowledgeBaseId) { Draft = false, Limit = MostGolden }, cancellationToken))
        {
            var outcome = measured.FirstOrDefault(result => result.Question.Id == question.Id)?.Outcome;
            watched.TryAdd(GoldenQuestionStore.HashOf(question.Question), new(
                question.Question, question.Language, 0, outcome is null or { Failed: true } ? null : new KnownAnswer(outcome.Answer, Cited(outcome.Cited), outcome.Refused, null)));
        }

        return [.. watched.Values];
    }

    private async Task<AnswerChange?> AskAsync(KnowledgeBase knowledgeBase, DriftCheck check, Watched question, CancellationToken cancellationToken)
    {
        var result = await answerer.AskToEndAsync(
            new AskRequest { Question = question.Text, KnowledgeBase = knowledgeBase.Id, Stream = false, Options = new AskOptions { Language = question.Language }, Rehearsal = new() }, cancellationToken);
        // What was answered without a part says nothing about the sources.
        if (result is not AskResult.Answered({ Degraded: false } reply)) return null;
        var now = new KnownAnswer(reply.Answer, Cited(reply.Citations.Select(it => it.Url)), reply.Refused, reply.Model);
        var before = await drift.FindAsync(knowledgeBase.Id, question.Text, cancellationToken) ?? question.Known;
        var change = before is not null && AnswerDifference.IsOther(before, now)
            ? new AnswerChange(
                Ids.New(), knowledgeBase.Id, check.RunId, question.Text, question.Times, before, now,
                await pages.SinceAsync(knowledgeBase.Id, before.Cited.Union(now.Cited), check.CrawlStartedAt, MostPages, cancellationToken), default, null)
            : null;
        await drift.KeepAsync(knowledgeBase.Id, question.Text, now, change, cancellationToken);
        return change;
    }

    private static string[] Cited(IEnumerable<string> urls) => [.. urls.Select(url => PageMatcher.KeyOf(url, 0)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [LoggerMessage(LogLevel.Warning, "{Changed} of {Questions} frequent questions of {KnowledgeBase} have other answers since crawl {RunId}")]
    private partial void LogChanged(int changed, int questions, string knowledgeBase, string runId);

    private sealed record Watched(string Text, string? Language, int Times, KnownAnswer? Known);
}
