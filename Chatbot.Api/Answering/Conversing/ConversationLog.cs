using System.Diagnostics;
using Chatbot.Backends.Conversations;
using Chatbot.Core;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>Opens conversations and keeps what was said. Safe for concurrent use.</summary>
internal sealed class ConversationLog(ConversationStore store)
{
    /// <param name="visitor">What the asker's browser calls itself; a conversation that began with one goes on with the same only.</param>
    /// <returns>The conversation with what was said so far, a new one (kept with its first question) for no id; null when the knowledge base has no such one.</returns>
    public async Task<Transcript?> OpenAsync(KnowledgeBase knowledgeBase, string? conversationId, string? visitor, CancellationToken cancellationToken)
    {
        var hash = VisitorId.HashOf(visitor);
        if (string.IsNullOrWhiteSpace(conversationId))
            return new Transcript(store.Begin(knowledgeBase.Id, hash), []);
        var found = await store.GetAsync(conversationId, cancellationToken);
        return found?.Conversation.KnowledgeBaseId == knowledgeBase.Id && VisitorId.IsOf(found.Conversation, hash) ? found : null;
    }

    public Task AskedAsync(Question question, CancellationToken cancellationToken)
    {
        var message = new ConversationMessage { Id = Ids.New(), ConversationId = question.Conversation.Id, Role = ConversationRole.User, Text = question.Asked, TraceId = TraceId() };
        return question.IsFirst ? store.AppendAsync(question.Conversation, message, cancellationToken) : store.AppendAsync(message, cancellationToken);
    }

    /// <param name="steps">How the answer came about, as it is kept; null when it is not.</param>
    public Task AnsweredAsync(Question question, string messageId, Answer answer, string? steps, CancellationToken cancellationToken) => store.AppendAsync(
        new ConversationMessage
        {
            Id = messageId,
            ConversationId = question.Conversation.Id,
            Role = ConversationRole.Assistant,
            Text = answer.Text,
            Citations = answer.Citations,
            Outcome = answer.Outcome,
            TraceId = TraceId(),
            Refused = answer.Refused,
            Degraded = answer.Degraded,
        },
        steps,
        cancellationToken);

    private static string? TraceId() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;
}
