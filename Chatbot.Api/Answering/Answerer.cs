using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.Caching;
using Chatbot.Api.Answering.Conversing;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Sharing;
using Chatbot.Api.Answering.StoredAnswers;
using Chatbot.Api.Answering.Tracing;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Prompts;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Routing;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Prompts;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering;

/// <summary>
/// The way of a question: guard, condense, cache, route, retrieve, answer, record. One way for the HTTP API and the command line.
/// Safe for concurrent use.
/// </summary>
public sealed partial class Answerer
{
    /// <summary>Passages retrieved for an answer.</summary>
    private const int Passages = 12;

    private const int CandidatesShown = 30;

    private readonly KnowledgeBaseMemory knowledgeBases;
    private readonly ConversationLog conversations;
    private readonly ModelCondenser condenser;
    private readonly Retriever retriever;
    private readonly AnswerWriter writer;
    private readonly SharedAnswers shared;
    private readonly PromptBook prompts;
    private readonly QuestionRouter router;
    private readonly AnswerCache cache;
    private readonly TraceKeeper traces;
    private readonly FaqMatcher faqs;
    private readonly ApiTelemetry telemetry;
    private readonly VisitorTraffic traffic;
    private readonly ILogger<Answerer> logger;

    internal Answerer(
        KnowledgeBaseMemory knowledgeBases,
        ConversationLog conversations,
        ModelCondenser condenser,
        Retriever retriever,
        AnswerWriter writer,
        SharedAnswers shared,
        PromptBook prompts,
        QuestionRouter router,
        AnswerCache cache,
        TraceKeeper traces,
        FaqMatcher faqs,
        ApiTelemetry telemetry,
        VisitorTraffic traffic,
        ILogger<Answerer> logger)
    {
        this.knowledgeBases = knowledgeBases;
        this.conversations = conversations;
        this.condenser = condenser;
        this.retriever = retriever;
        this.writer = writer;
        this.shared = shared;
        this.prompts = prompts;
        this.router = router;
        this.cache = cache;
        this.traces = traces;
        this.faqs = faqs;
        this.telemetry = telemetry;
        this.traffic = traffic;
        this.logger = logger;
    }

    /// <summary>The model that writes the answers; null when they are quoted from the sources.</summary>
    public string? ModelName => writer.ModelName;

    /// <summary>Names of models that a question may choose.</summary>
    public IReadOnlyList<string> Models => writer.Choices;

    /// <summary>Answers while it goes. Never throws but for cancellation; what breaks comes as <see cref="AnswerEvent.Error"/>.</summary>
    public async IAsyncEnumerable<AnswerEvent> AskAsync(AskRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("ask");
        var started = Stopwatch.GetTimestamp();
        var outcome = "cancelled";
        var way = writer.ModelName is null ? "extractive" : "model";
        var isFirst = true;
        if (request.Rehearsal is null) traffic.Began();
        await using var events = RunAsync(request, started, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                AnswerEvent happened;
                try
                {
                    if (!await events.MoveNextAsync())
                        break;
                    happened = events.Current;
                }
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    LogBroken(error);
                    telemetry.Failed("answering");
                    happened = new AnswerEvent.Error(AskProblem.Broken);
                }

                if (happened is AnswerEvent.Delta && isFirst)
                {
                    if (request.Rehearsal is null) telemetry.FirstToken(Stopwatch.GetElapsedTime(started));
                    isFirst = false;
                }

                (outcome, way) = happened switch
                {
                    AnswerEvent.Error => ("failed", way),
                    AnswerEvent.Done done => (done.Refused ? "refused" : "answered", done.Cached ? "cache" : done.FaqId is not null ? "faq" : done.Model is null ? "extractive" : "model"),
                    _ => (outcome, way),
                };
                yield return happened;
                if (happened is AnswerEvent.Error)
                    break;
            }
        }
        finally
        {
            if (outcome == "failed") span?.SetStatus(ActivityStatusCode.Error);
            if (request.Rehearsal is null)
            {
                traffic.Ended();
                telemetry.Answered(outcome, way, Stopwatch.GetElapsedTime(started));
            }
        }
    }

    /// <summary>Answers, and waits for the end.</summary>
    public async Task<AskResult> AskToEndAsync(AskRequest request, CancellationToken cancellationToken)
    {
        var collector = new ReplyCollector();
        await foreach (var happened in AskAsync(request, cancellationToken))
            collector.Add(happened);
        return collector.Result;
    }

    private async IAsyncEnumerable<AnswerEvent> RunAsync(AskRequest request, long started, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trace = new TraceLog(request.Options?.Trace == true);
        var asked = "";
        if ((VisitorId.Check(request.VisitorId) ?? QuestionGuard.Check(request.Question, out asked)) is { } problem)
        {
            yield return new AnswerEvent.Error(problem);
            yield break;
        }

        var model = string.IsNullOrWhiteSpace(request.Options?.Model) ? null : request.Options.Model.Trim();
        if (model is not null && !writer.Choices.Contains(model))
        {
            yield return new AnswerEvent.Error(AskProblem.UnknownModel(writer.Choices));
            yield break;
        }

        var knowledgeBase = await knowledgeBases.FindAsync(request.KnowledgeBaseOrDefault, cancellationToken);
        if (knowledgeBase is null)
        {
            yield return new AnswerEvent.Error(AskProblem.UnknownKnowledgeBase);
            yield break;
        }

        if (request.Rehearsal?.Settings is { } tried) knowledgeBase = knowledgeBase with { Settings = tried };
        if (model is null && knowledgeBase.Settings.Model is { } own && writer.Choices.Contains(own)) model = own;
        if (await conversations.OpenAsync(knowledgeBase, request.ConversationId, request.VisitorId, cancellationToken) is not { } transcript)
        {
            yield return new AnswerEvent.Error(AskProblem.UnknownConversation);
            yield break;
        }

        // What tries to change how it is answered is recorded, but goes no further.
        var let = InjectionDetector.Clean(asked);
        if (let != asked) telemetry.Guarded("question");
        var history = SaidBefore.Clean(request.History ?? transcript.Messages);
        var question = new Question
        {
            Asked = let,
            Standalone = QuestionCondenser.Condense(let, history),
            KnowledgeBase = knowledgeBase,
            Conversation = transcript.Conversation,
            IsFirst = string.IsNullOrWhiteSpace(request.ConversationId),
            History = history,
            Model = model,
            Trace = trace,
            Language = Languages.Choose(asked, request.Options?.Language, knowledgeBase.Settings),
        };
        question = question with { RoutingStamp = await router.StampAsync(knowledgeBase.Id, cancellationToken) };
        if (writer.ModelName is not null)
            question = question with { Prompt = await prompts.ChooseAsync(knowledgeBase.Id, PromptTemplate.AnswerName, LanguageDetector.Detect(asked), question.Language, request.Rehearsal?.Templates ?? [], cancellationToken) };
        var messageId = Ids.New();
        yield return new AnswerEvent.Meta(question.Conversation.Id, messageId, knowledgeBase.Name, question.Language);
        if (request.Options?.RetrieveOnly == true)
        {
            if (let.Length == 0)
            {
                yield return new AnswerEvent.Passages(new([], 0));
                yield return new AnswerEvent.Done(Refused: true, Degraded: false, Cached: false, null, Languages.LinesOf(question.Language).Guarded, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), null);
                yield break;
            }

            question = await condenser.CondenseAsync(question, cancellationToken);
            var retrieved = await retriever.SearchAsync(knowledgeBase, question.Standalone, PassagesOf(knowledgeBase), cancellationToken);
            yield return new AnswerEvent.Passages(RetrievedPassages.From(retrieved));
            yield return new AnswerEvent.Done(Refused: false, retrieved.IsUnavailable, Cached: false, null, null, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2), null);
            yield break;
        }

        // Written while the answer is made, and waited for with it.
        var asking = request.Rehearsal is null ? conversations.AskedAsync(question with { Asked = asked }, cancellationToken) : Task.CompletedTask;
        if (let != asked) trace.Add("guard", ("left", let));
        trace.Add("condense", ("question", question.Standalone), ("by", "rules"), ("language", question.Language));

        Answer? answer = null;
        RetrievalResult? found = null;
        if (let.Length == 0) answer = new Answer { Text = Languages.LinesOf(question.Language).Guarded, Refused = true };
        var key = answer is not null || request.Rehearsal is not null ? null : await cache.KeyOfAsync(question, model ?? writer.ModelName, model is null ? writer.ModelName : writer.NameOf(model), cancellationToken);
        // Who wants the trace wants to see the steps.
        if (key is not null && !trace.IsWanted)
        {
            (var kept, found) = await cache.FindAsync(key, () => retriever.SearchAsync(knowledgeBase, question.Standalone, PassagesOf(knowledgeBase), cancellationToken), cancellationToken);
            telemetry.CacheAsked(kept is not null);
            answer = kept?.Answer;
            if (kept is not null) trace.Add("cache", ("made in trace", kept.TraceId ?? ""));
        }

        var cached = answer is not null && let.Length > 0;
        if (answer is not null)
        {
            yield return new AnswerEvent.Delta(answer.Text);
        }
        else if (await faqs.FindAsync(question, cancellationToken) is { } stored)
        {
            answer = stored;
            trace.Add("faq", ("entry", answer.FaqId ?? ""));
            yield return new AnswerEvent.Delta(answer.Text);
        }
        else if (await router.RouteAsync(question, cancellationToken) is var route && RouteAnswer.Of(question, route) is { } said)
        {
            trace.Add("route", RouteDetails(route));
            answer = said;
            yield return new AnswerEvent.Delta(answer.Text);
        }
        else
        {
            trace.Add("route", RouteDetails(route));
            if (route.Intent.Template is { } template && question.Prompt is not null)
                question = question with { Prompt = await prompts.ChooseAsync(knowledgeBase.Id, template, LanguageDetector.Detect(asked), question.Language, request.Rehearsal?.Templates ?? [], cancellationToken) };
            // Only now: thanks and stored answers do not lean on what was said, and need not wait for a model.
            question = await condenser.CondenseAsync(question, cancellationToken);
            found ??= await retriever.SearchAsync(knowledgeBase, question.Standalone, PassagesOf(knowledgeBase), request.Rehearsal is { IsTrialIndex: true }, cancellationToken);
            trace.Add("retrieve", Details(found));
            trace.AddForEditors("candidates", Others(found));
            // A hundred chunks, which nobody looks at while the answer streams: half of what a stream holds.
            found = found with { Ranked = [] };
            await foreach (var part in shared.WriteAsync(key, question, found, cancellationToken))
            {
                if (part is AnswerPart.Text(var piece)) yield return new AnswerEvent.Delta(piece);
                else if (part is AnswerPart.End(var whole)) answer = whole;
            }

            answer ??= new Answer { Text = "", Degraded = true };
            trace.Add("answer", ("model", answer.Model ?? "none"), ("prompt", answer.Model is null ? "none" : question.Prompt?.Label ?? "none"), ("citations", answer.Citations.Count.ToString(CultureInfo.InvariantCulture)));
            if (answer.Grounding is { } grounding)
            {
                telemetry.Grounded(grounding.Sentences, grounding.Unsupported.Count);
                trace.Add("ground", [("sentences", grounding.Sentences.ToString(CultureInfo.InvariantCulture)), .. grounding.Unsupported.Select((sentence, i) => ($"unsupported {i + 1}", sentence))]);
            }

            if (key is not null)
                await cache.KeepAsync(key, answer, found, cancellationToken);
        }

        yield return new AnswerEvent.Sources(answer.Citations);
        var answering = request.Rehearsal is null ? conversations.AnsweredAsync(question, messageId, answer, traces.Pack(trace), cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(asking, answering);
        trace.Add("record");
        if (trace.IsWanted)
            yield return new AnswerEvent.Trace(trace.Steps);
        var ms = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2);
        yield return new AnswerEvent.Done(answer.Refused, answer.Degraded, cached, answer.Model, answer.Notice, ms, answer.Usage) { FaqId = answer.FaqId, Intent = answer.Intent, Topics = answer.Topics is { Count: > 0 } topics ? topics : null, Choices = answer.Choices is { Count: > 0 } choices ? choices : null, Unsourced = answer.IsUnsourced };
    }

    private static int PassagesOf(KnowledgeBase knowledgeBase) => knowledgeBase.Settings.Retrieval.Passages ?? Passages;

    // What editors look for when another page should have been found: those that just missed.
    private static (string Name, string Value)[] Others(RetrievalResult found) =>
    [
        .. found.Ranked.Take(CandidatesShown).Select((one, place) => ($"candidate {place + 1}", string.Create(
            CultureInfo.InvariantCulture, $"{one.Score:0.000} coverage {one.Candidate.Coverage:0.00} cosine {one.Candidate.Cosine:0.000} {one.Candidate.Chunk.Url}#{one.Candidate.Chunk.Ordinal}"))),
    ];

    private static (string Name, string Value)[] RouteDetails(IntentRoute route) =>
    [
        ("intent", route.Intent.Name),
        ("by", route.By.ToString()),
        ("score", route.Score.ToString("0.000", CultureInfo.InvariantCulture)),
        ("nearest", route.Nearest?.Text ?? ""),
    ];

    private static (string Name, string Value)[] Details(RetrievalResult found) =>
    [
        ("candidates", found.Candidates.ToString(CultureInfo.InvariantCulture)),
        ("answerable", found.Answerable.ToString("0.000", CultureInfo.InvariantCulture)),
        ("vector ms", found.Timings.Meaning.ToString(CultureInfo.InvariantCulture)),
        ("index ms", found.Timings.Index.ToString(CultureInfo.InvariantCulture)),
        ("missing ms", found.Timings.Missing.ToString(CultureInfo.InvariantCulture)),
        ("ranking ms", found.Timings.Ranking.ToString(CultureInfo.InvariantCulture)),
        ("words", string.Join(' ', found.Terms.Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Text}:{term.Idf:0.0}")))),
        .. found.Passages.Select(passage => ($"passage {passage.Rank}", string.Create(
            CultureInfo.InvariantCulture, $"{passage.Score:0.000} coverage {passage.Candidate.Coverage:0.00} {passage.Chunk.Url}#{passage.Chunk.Ordinal}"))),
    ];

    [LoggerMessage(LogLevel.Error, "A question could not be answered")]
    private partial void LogBroken(Exception error);
}
