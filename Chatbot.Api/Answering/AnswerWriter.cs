using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.Extractive;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Telemetry;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering;

/// <summary>
/// Writes the answer from what was found: by the model where there is one, else — or when it fails — by quoting, and a
/// refusal when there is nothing to quote. Safe for concurrent use.
/// </summary>
internal sealed class AnswerWriter(ExtractiveAnswer extractive, GeneratedAnswer generated, PassageDefuser defuser, ApiTelemetry telemetry)
{
    // Of the questions that are given a likelihood of 0.2 to 0.3, one in seven has its answer in the sources (docs/benchmarks.md).
    private const double Doubtful = 0.25;

    /// <summary>The model that is asked first; null when none is configured.</summary>
    public string? ModelName => generated.ModelName;

    /// <summary>Names of models that a question may choose.</summary>
    public IReadOnlyList<string> Choices => generated.Choices;

    public async IAsyncEnumerable<AnswerPart> WriteAsync(Question question, RetrievalResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = Languages.LinesOf(question.Language);
        if (found.IsUnavailable)
        {
            // A model would answer from its memory: that is what this product does not do.
            foreach (var part in Whole(new Answer { Text = lines.IndexDown, Refused = true, Degraded = true })) yield return part;
            yield break;
        }

        found = defuser.Defuse(found, out var defused);
        if (defused > 0) telemetry.Guarded("page", defused);

        // Whatever writes: it would write about something else.
        if (found.Answerable < (question.KnowledgeBase.Settings.RefuseBelow ?? KnowledgeBaseSettings.DefaultRefuseBelow))
        {
            foreach (var part in Whole(Refusal(question) with { Notice = ModelName is null ? lines.NoModel : null })) yield return part;
            yield break;
        }

        if (ModelName is null || found.Passages.Count == 0)
        {
            foreach (var part in Whole(await QuotedAsync(question, found, ModelName is null ? lines.NoModel : null, degraded: false, cancellationToken))) yield return part;
            yield break;
        }

        await foreach (var part in generated.WriteAsync(question, found, cancellationToken))
        {
            switch (part)
            {
                case GenerationPart.Text(var piece):
                    yield return new AnswerPart.Text(piece);
                    break;
                case GenerationPart.Finished(var draft, var usage, var model):
                    yield return new AnswerPart.End(new Answer { Text = draft.Text, Citations = draft.Citations, Model = model, Usage = usage });
                    break;
                case GenerationPart.NoAnswer(var usage, var model):
                    var refusal = Refusal(question) with { Model = model, Usage = usage };
                    foreach (var piece in Whole(refusal)) yield return piece;
                    break;
                case GenerationPart.Leaked(var draft, var model):
                    var stopped = draft is null ? Refusal(question) with { Model = model } : new Answer { Text = draft.Text, Citations = draft.Citations, Model = model };
                    stopped = stopped with { Degraded = true, Notice = lines.Stopped };
                    if (draft is null) yield return new AnswerPart.Text(stopped.Text);
                    yield return new AnswerPart.End(stopped);
                    break;
                case GenerationPart.Failed({ } draft, var model):
                    yield return new AnswerPart.End(new Answer
                    {
                        Text = draft.Text, Citations = draft.Citations, Model = model, Degraded = true, Notice = lines.BrokeOff,
                    });
                    break;
                case GenerationPart.Failed:
                    foreach (var piece in Whole(await QuotedAsync(question, found, lines.ModelDown, degraded: true, cancellationToken))) yield return piece;
                    break;
            }
        }
    }

    private async Task<Answer> QuotedAsync(Question question, RetrievalResult found, string? notice, bool degraded, CancellationToken cancellationToken)
    {
        if (await extractive.ComposeAsync(found, cancellationToken) is not { } draft) return Refusal(question) with { Degraded = degraded, Notice = notice };
        if (found.Answerable < Doubtful) notice = $"{Languages.LinesOf(question.Language).Nearest} {notice}".TrimEnd();
        return new Answer { Text = draft.Text, Citations = draft.Citations, Degraded = degraded, Notice = notice };
    }

    private static Answer Refusal(Question question) =>
        new() { Text = Languages.LinesOf(question.Language).RefusalFor(question.KnowledgeBase.Settings.Contact), Refused = true };

    private static IEnumerable<AnswerPart> Whole(Answer answer)
    {
        yield return new AnswerPart.Text(answer.Text);
        yield return new AnswerPart.End(answer);
    }
}
