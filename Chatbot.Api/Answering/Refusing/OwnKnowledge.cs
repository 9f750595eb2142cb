using System.Runtime.CompilerServices;
using System.Text;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Prompts;

namespace Chatbot.Api.Answering.Refusing;

/// <summary>
/// What the language model knows without the sources. It begins with a line that says so: that stands in the text itself,
/// as not every client shows notices. Safe for concurrent use.
/// </summary>
internal sealed class OwnKnowledge(ModelChain models, TimeProvider clock)
{
    private static readonly PromptText s_template = Read();

    /// <returns>Nothing at all when there is no model, or it does not know.</returns>
    public async IAsyncEnumerable<AnswerPart> WriteAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (models.Name is null) yield break;
        var lines = Languages.LinesOf(question.Language);
        var prompt = PromptComposer.Compose(s_template, question, [], models.HistoryTokens, clock.GetLocalNow());
        // Whatever it cites, there is nothing to cite.
        var filter = new CitationFilter(0);
        var text = new StringBuilder();
        var opening = "";
        await foreach (var happened in models.AskAsync(prompt, question.Model, cancellationToken))
        {
            switch (happened)
            {
                case ModelEvent.Text(var piece):
                    if (text.Length == 0)
                    {
                        opening = (opening + piece).TrimStart();
                        if (PromptText.NoAnswer.StartsWith(opening, StringComparison.Ordinal) || opening.StartsWith(PromptText.NoAnswer, StringComparison.Ordinal)) continue;
                        text.Append(lines.OwnKnowledge).Append("\n\n");
                        yield return new AnswerPart.Text(text.ToString());
                        piece = opening;
                    }

                    var shown = filter.Next(piece);
                    text.Append(shown);
                    if (shown.Length > 0) yield return new AnswerPart.Text(shown);
                    break;
                case ModelEvent.Ended(var usage, var model) when text.Length > 0:
                    var rest = filter.End();
                    if (rest.Length > 0) yield return new AnswerPart.Text(rest);
                    yield return new AnswerPart.End(new Answer { Text = text.Append(rest).ToString(), Model = model, Usage = usage, IsUnsourced = true });
                    break;
                case ModelEvent.Failed(var model) when text.Length > 0:
                    yield return new AnswerPart.End(new Answer { Text = text.ToString(), Model = model, Degraded = true, Notice = lines.BrokeOff, IsUnsourced = true });
                    break;
            }
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
