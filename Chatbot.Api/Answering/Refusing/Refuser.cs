using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering.Refusing;

/// <summary>Says that the sources hold no answer, in the way that the knowledge base sets. Safe for concurrent use.</summary>
internal sealed class Refuser(OwnKnowledge knowledge)
{
    /// <param name="basis">What is known of the answer already: its notice, what it cost.</param>
    public async IAsyncEnumerable<AnswerPart> WriteAsync(Question question, RetrievalResult found, Answer basis, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (question.KnowledgeBase.Settings.Refusal == RefusalStrategy.Model && !basis.Degraded)
        {
            var isAnswered = false;
            await foreach (var part in knowledge.WriteAsync(question, cancellationToken))
            {
                isAnswered = true;
                yield return part;
            }

            if (isAnswered) yield break;
        }

        var refusal = Say(question, found) with { Notice = basis.Notice, Degraded = basis.Degraded, Model = basis.Model, Usage = basis.Usage };
        yield return new AnswerPart.Text(refusal.Text);
        yield return new AnswerPart.End(refusal);
    }

    private static Answer Say(Question question, RetrievalResult found)
    {
        var settings = question.KnowledgeBase.Settings;
        var lines = Languages.LinesOf(question.Language);
        return settings is { Refusal: RefusalStrategy.Text, RefusalText: { } text }
            ? new Answer { Text = text.Replace("{contact}", settings.Contact ?? "", StringComparison.Ordinal).Trim(), Refused = true }
            : new Answer { Text = lines.RefusalFor(settings.Contact), Refused = true, Topics = NearTopics.Of(found) };
    }
}
