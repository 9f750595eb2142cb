using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.Clarifying;
using Chatbot.Api.Answering.Extractive;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Refusing;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering;

/// <summary>
/// Writes the answer from what was found: by the model where there is one, else — or when it fails — by quoting, and a
/// refusal when there is nothing to quote. Safe for concurrent use.
/// </summary>
internal sealed class AnswerWriter(ExtractiveAnswer extractive, GeneratedAnswer generated, Refuser refuser)
{
    // Of the questions that are given a likelihood of 0.2 to 0.3, one in seven has its answer in the sources (docs/benchmarks.md).
    private const double Doubtful = 0.25;

    /// <summary>The model that is asked first; null when none is configured.</summary>
    public string? ModelName => generated.ModelName;

    /// <summary>Names of models that a question may choose.</summary>
    public IReadOnlyList<string> Choices => generated.Choices;

    /// <inheritdoc cref="ModelChain.NameOf"/>
    public string NameOf(string choice) => generated.NameOf(choice);

    public async IAsyncEnumerable<AnswerPart> WriteAsync(Question question, RetrievalResult found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = Languages.LinesOf(question.Language);
        if (found.IsUnavailable)
        {
            // A model would answer from its memory: that is what this product does not do.
            foreach (var part in Whole(new Answer { Text = lines.IndexDown, Refused = true, Degraded = true })) yield return part;
            yield break;
        }

        // Whatever writes: it would write about something else.
        if (found.Answerable < (question.KnowledgeBase.Settings.RefuseBelow ?? KnowledgeBaseSettings.DefaultRefuseBelow))
        {
            await foreach (var part in refuser.WriteAsync(question, found, new Answer { Text = "" }, cancellationToken)) yield return part;
            yield break;
        }

        if (Clarifier.Ask(question, found) is { } clarifying)
        {
            foreach (var part in Whole(clarifying)) yield return part;
            yield break;
        }

        if (ModelName is null || found.Passages.Count == 0)
        {
            await foreach (var part in QuoteAsync(question, found, ModelName is null ? lines.NoModel : null, degraded: false, cancellationToken)) yield return part;
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
                    yield return new AnswerPart.End(new Answer
                    {
                        Text = draft.Text, Citations = draft.Citations, Model = model, Usage = usage, Grounding = draft.Grounding, Notice = Checked(draft),
                    });
                    break;
                case GenerationPart.Unsupported(var report, var usage, var model):
                    // Nothing of it can be shown: what the sources say themselves can.
                    await foreach (var piece in QuoteAsync(question, found, lines.LeftOut, degraded: true, cancellationToken))
                        yield return piece is AnswerPart.End(var quoted) ? new AnswerPart.End(quoted with { Usage = usage, Grounding = report }) : piece;
                    break;
                case GenerationPart.NoAnswer(var usage, var model):
                    await foreach (var piece in refuser.WriteAsync(question, found, new Answer { Text = "", Model = model, Usage = usage }, cancellationToken)) yield return piece;
                    break;
                case GenerationPart.Leaked({ } draft, var model):
                    yield return new AnswerPart.End(new Answer { Text = draft.Text, Citations = draft.Citations, Model = model, Degraded = true, Grounding = draft.Grounding, Notice = $"{lines.Stopped} {Checked(draft)}".TrimEnd() });
                    break;
                case GenerationPart.Leaked(_, var model):
                    await foreach (var piece in refuser.WriteAsync(question, found, new Answer { Text = "", Model = model, Degraded = true, Notice = lines.Stopped }, cancellationToken)) yield return piece;
                    break;
                case GenerationPart.Failed({ } draft, var model):
                    yield return new AnswerPart.End(new Answer
                    {
                        Text = draft.Text, Citations = draft.Citations, Model = model, Degraded = true, Grounding = draft.Grounding, Notice = $"{lines.BrokeOff} {Checked(draft)}".TrimEnd(),
                    });
                    break;
                case GenerationPart.Failed:
                    await foreach (var piece in QuoteAsync(question, found, lines.ModelDown, degraded: true, cancellationToken)) yield return piece;
                    break;
            }
        }

        string? Checked(DraftAnswer draft) =>
            draft.Grounding is not { Unsupported.Count: > 0 } ? null : question.KnowledgeBase.Settings.Grounding == GroundingMode.Drop ? lines.LeftOut : lines.Unsupported;
    }

    private async IAsyncEnumerable<AnswerPart> QuoteAsync(
        Question question, RetrievalResult found, string? notice, bool degraded, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await extractive.ComposeAsync(question.Standalone, found, cancellationToken) is not { } draft)
        {
            // Nothing is quoted: what would be said of quotes is not said.
            await foreach (var part in refuser.WriteAsync(question, found, new Answer { Text = "", Degraded = degraded, Notice = degraded ? notice : null }, cancellationToken)) yield return part;
            yield break;
        }

        if (found.Answerable < Doubtful) notice = $"{Languages.LinesOf(question.Language).Nearest} {notice}".TrimEnd();
        foreach (var part in Whole(new Answer { Text = draft.Text, Citations = draft.Citations, Degraded = degraded, Notice = notice })) yield return part;
    }

    private static IEnumerable<AnswerPart> Whole(Answer answer)
    {
        yield return new AnswerPart.Text(answer.Text);
        yield return new AnswerPart.End(answer);
    }
}
