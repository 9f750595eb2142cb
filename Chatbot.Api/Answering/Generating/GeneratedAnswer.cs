using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Answering.Grounding;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Prompts;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Generating;

/// <summary>Lets the model answer from the passages: takes invented citations out, stops it before it tells its instructions, and sees when it says that there is no answer. Safe for concurrent use.</summary>
internal sealed partial class GeneratedAnswer(ModelChain models, SentenceMeaning meaning, ApiTelemetry telemetry, TimeProvider clock, ILogger<GeneratedAnswer> logger)
{
    private const string NoAnswer = PromptText.NoAnswer;

    /// <summary>The model that is asked first; null when none is configured.</summary>
    public string? ModelName => models.Name;

    /// <summary>Names of models that a question may choose.</summary>
    public IReadOnlyList<string> Choices => models.Choices;

    /// <inheritdoc cref="ModelChain.NameOf"/>
    public string NameOf(string choice) => models.NameOf(choice);

    public async IAsyncEnumerable<GenerationPart> WriteAsync(
        Question question, RetrievalResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Passage> passages = [.. PromptBudget.Fit(found.Passages, models.ContextTokens, PromptComposer.PassagesOf(question.KnowledgeBase))];
        var template = question.Prompt ?? PromptBook.Shipped(question.Language);
        var prompt = PromptComposer.Compose(template.Text, question, passages, models.HistoryTokens, clock.GetLocalNow());
        question.Trace.AddForEditors("prompt", [.. prompt.Select(message => (message.Role == Microsoft.Extensions.AI.ChatRole.System ? "told" : "asked", message.Text))]);
        var settings = question.KnowledgeBase.Settings;
        var leak = new PromptLeak(prompt[0].Text, [question.Asked, question.KnowledgeBase.Title, settings.Contact ?? "", .. passages.SelectMany(passage => passage.Chunk.HeadingPath.Append(passage.Text).Append(passage.Chunk.Title ?? ""))]);
        var check = new GroundingCheck(meaning, passages, string.Join('\n', question.Asked, question.Standalone, question.KnowledgeBase.Title, settings.Contact, Today(clock.GetLocalNow())));
        var shown = new ShownAnswer(new CitationFilter(passages.Count), leak, new SentenceStream(question.Language), check, settings.Grounding);
        // The first characters wait until they can no longer be the word for "no answer".
        var opening = new StringBuilder();
        var isOpen = false;
        await foreach (var happened in models.AskAsync(prompt, question.Model, cancellationToken))
        {
            switch (happened)
            {
                case ModelEvent.Text(var piece):
                    if (!isOpen)
                    {
                        opening.Append(piece);
                        if (MayRefuse(opening.ToString())) continue;
                        isOpen = true;
                        piece = opening.ToString().TrimStart();
                    }

                    if (await shown.NextAsync(piece, cancellationToken) is { } part) yield return new GenerationPart.Text(part);
                    if (!shown.IsLeaking) break;
                    yield return Stopped();
                    yield break;
                case ModelEvent.Ended(var usage, var model):
                    if (!isOpen && opening.ToString().Trim().StartsWith(NoAnswer, StringComparison.Ordinal))
                    {
                        yield return new GenerationPart.NoAnswer(usage, model);
                        yield break;
                    }

                    if (!isOpen && await shown.NextAsync(opening.ToString().Trim(), cancellationToken) is { } late) yield return new GenerationPart.Text(late);
                    if (await shown.EndAsync(cancellationToken) is { } rest) yield return new GenerationPart.Text(rest);
                    if (shown.IsLeaking) yield return Stopped();
                    else if (shown is { IsEmpty: true, HasDropped: true }) yield return new GenerationPart.Unsupported(shown.Report, usage, model);
                    else yield return shown.IsEmpty ? new GenerationPart.Failed(Nothing, model) : new GenerationPart.Finished(Draft(), usage, model);
                    yield break;
                case ModelEvent.Failed(var begun):
                    if (await shown.EndAsync(cancellationToken) is { } remainder) yield return new GenerationPart.Text(remainder);
                    yield return new GenerationPart.Failed(shown.IsEmpty ? Nothing : Draft(), begun);
                    yield break;
            }
        }

        DraftAnswer Draft() => new(shown.Text, Citations(shown, passages), shown.Report);

        GenerationPart.Leaked Stopped()
        {
            telemetry.Guarded("leak");
            LogLeak(models.Name ?? "");
            return new GenerationPart.Leaked(shown.Text.Trim().Length == 0 ? Nothing : Draft(), models.Name ?? "");
        }
    }

    private static DraftAnswer? Nothing => null;

    // Only while everything so far fits the word, so that an answer is held back for nine characters at most.
    private static bool MayRefuse(string opening)
    {
        var start = opening.TrimStart();
        return start.Length < NoAnswer.Length ? NoAnswer.StartsWith(start, StringComparison.Ordinal) : start.StartsWith(NoAnswer, StringComparison.Ordinal);
    }

    // The prompt tells the day: an answer may, too.
    private static string Today(DateTimeOffset now) => now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<Citation> Citations(ShownAnswer shown, List<Passage> passages) =>
        [.. shown.Cited.Select(number => CitationBook.Make(number, passages[number - 1].Chunk, shown.SpanOf(number) ?? Words(shown.Text, number, passages[number - 1])) with
        {
            Links = CitedLinks.InAnswer(passages[number - 1], shown.Text) is { Count: > 0 } links ? links : null,
        })];

    // Models rephrase: the sentence of the passage that has most words in common with the citing one is where to land.
    private static string Words(string answer, int number, Passage passage)
    {
        var chunk = passage.Chunk;
        var mark = answer.IndexOf($"[{number}]", StringComparison.Ordinal);
        var before = mark < 0 ? answer : answer[..mark];
        var citing = Sentences.Split(before, chunk.Language) is { Count: > 0 } some ? before[some[^1]] : before;
        var analyzer = TextAnalyzer.For(chunk.Language);
        var wanted = Terms(analyzer, citing);
        var best = Sentences.Split(passage.Text, chunk.Language)
            .Select(range => passage.Text[range])
            .MaxBy(sentence => Terms(analyzer, sentence).Count(wanted.Contains));
        return best ?? chunk.Text;
    }

    private static HashSet<string> Terms(TextAnalyzer analyzer, string text)
    {
        var terms = new List<Term>();
        analyzer.Analyze(text, terms);
        return [.. terms.Select(term => term.Text)];
    }

    [LoggerMessage(LogLevel.Warning, "The language model {Model} began to tell its instructions and was stopped")]
    private partial void LogLeak(string model);
}
