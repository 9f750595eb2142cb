using System.Runtime.CompilerServices;
using System.Text;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Prompts;
using Chatbot.Api.Telemetry;

namespace Chatbot.Api.Answering.Refusing;

/// <summary>
/// What the language model knows without the sources. It begins with a line that says so: that stands in the text itself,
/// as not every client shows notices. Safe for concurrent use.
/// </summary>
internal sealed class OwnKnowledge(ModelChain models, ApiTelemetry telemetry, TimeProvider clock)
{
    private static readonly PromptText s_template = Read();

    /// <returns>Nothing at all when there is no model, it does not know, or it tells its instructions instead.</returns>
    public async IAsyncEnumerable<AnswerPart> WriteAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (models.Name is null) yield break;
        var lines = Languages.LinesOf(question.Language);
        var prompt = PromptComposer.Compose(s_template, question, [], models.HistoryTokens, clock.GetLocalNow());
        // Whatever it cites, there is nothing to cite.
        var filter = new CitationFilter(0);
        var leak = new PromptLeak(prompt[0].Text, question.Asked, question.KnowledgeBase.Title, question.KnowledgeBase.Settings.Contact ?? "");
        var text = new StringBuilder();
        var opening = "";
        var isOpen = false;
        await foreach (var happened in models.AskAsync(prompt, question.Model, cancellationToken))
        {
            switch (happened)
            {
                case ModelEvent.Text(var piece):
                    if (!isOpen)
                    {
                        opening = (opening + piece).TrimStart();
                        if (PromptText.NoAnswer.StartsWith(opening, StringComparison.Ordinal) || opening.StartsWith(PromptText.NoAnswer, StringComparison.Ordinal)) continue;
                        (isOpen, piece) = (true, opening);
                    }

                    if (Shown(leak.Next(filter.Next(piece))) is { } part) yield return part;
                    if (!leak.IsLeaking) break;
                    telemetry.Guarded("leak");
                    if (text.Length > 0) yield return new AnswerPart.End(new Answer { Text = text.ToString(), Model = models.Name, Degraded = true, Notice = lines.Stopped, IsUnsourced = true });
                    yield break;
                case ModelEvent.Ended(var usage, var model) when isOpen:
                    if (Shown(leak.Next(filter.End()) + leak.End()) is { } rest) yield return rest;
                    if (leak.IsLeaking) telemetry.Guarded("leak");
                    if (text.Length > 0) yield return new AnswerPart.End(new Answer { Text = text.ToString(), Model = model, Usage = usage, IsUnsourced = true, Degraded = leak.IsLeaking, Notice = leak.IsLeaking ? lines.Stopped : null });
                    break;
                case ModelEvent.Failed(var model) when text.Length > 0:
                    yield return new AnswerPart.End(new Answer { Text = text.ToString(), Model = model, Degraded = true, Notice = lines.BrokeOff, IsUnsourced = true });
                    break;
            }
        }

        // The label comes with the first words that are shown.
        AnswerPart.Text? Shown(string piece)
        {
            if (piece.Length == 0) return null;
            var begun = text.Length > 0 ? piece : $"{lines.OwnKnowledge}\n\n{piece}";
            text.Append(begun);
            return new AnswerPart.Text(begun);
        }
    }

    private static PromptText Read()
    {
        using var file = typeof(OwnKnowledge).Assembly.GetManifestResourceStream("own-knowledge-prompt.md")
            ?? throw new InvalidOperationException("The assembly lacks own-knowledge-prompt.md.");
        using var reader = new StreamReader(file);
        return PromptText.Parse(reader.ReadToEnd()) ?? throw new InvalidOperationException("own-knowledge-prompt.md lacks its line of three hyphens.");
    }
}
