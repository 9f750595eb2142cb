using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Conversing;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Conversations;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Prompts;

/// <summary>Shows what a model would be sent: a question, its passages as they are found now, and a template filled with them. Safe for concurrent use.</summary>
internal sealed class PromptPreview(Retriever retriever, ConversationStore conversations, ModelCondenser condenser, ModelChain models, TimeProvider clock)
{
    /// <param name="conversationId">Whose messages stand before the question; null is none.</param>
    public async Task<PromptPreviewReply> ShowAsync(
        KnowledgeBase knowledgeBase, PromptText template, string asked, string? conversationId, CancellationToken cancellationToken)
    {
        var transcript = string.IsNullOrEmpty(conversationId) ? null : await conversations.GetAsync(conversationId, cancellationToken);
        var history = SaidBefore.Clean(transcript?.Conversation.KnowledgeBaseId == knowledgeBase.Id ? transcript.Messages : []);
        asked = InjectionDetector.Clean(asked);
        var question = new Question
        {
            Asked = asked,
            Standalone = QuestionCondenser.Condense(asked, history),
            KnowledgeBase = knowledgeBase,
            Conversation = transcript?.Conversation ?? new Conversation("", knowledgeBase.Id, clock.GetUtcNow(), clock.GetUtcNow()),
            History = history,
            Trace = new TraceLog(wanted: false),
            Language = Languages.Choose(asked, null, knowledgeBase.Settings),
        };
        question = await condenser.CondenseAsync(question, cancellationToken);
        var found = await retriever.SearchAsync(knowledgeBase, question.Standalone, PromptComposer.PassagesOf(knowledgeBase), cancellationToken);
        var messages = PromptComposer.Compose(template, question, found.Passages, models.HistoryTokens, clock.GetLocalNow());
        return new(
            question.Language,
            [.. messages.Select(message => new PromptMessage(message.Role.Value, message.Text))],
            messages.Sum(message => TokenEstimate.Of(message.Text)),
            found.Passages.Count,
            Math.Round(found.Answerable, 3))
        {
            SearchedFor = question.Standalone == question.Asked ? null : question.Standalone,
        };
    }
}

/// <param name="Text">Of the template, as it may not be saved yet.</param>
public sealed record PromptPreviewRequest(string? KnowledgeBase, string? Text, string? Question, string? ConversationId);

/// <param name="Language">Of the fixed lines.</param>
/// <param name="Messages">As they would be sent.</param>
/// <param name="Tokens">About how many.</param>
/// <param name="Answerable">How likely the passages answer the question; below the limit of the knowledge base no model is asked.</param>
public sealed record PromptPreviewReply(string Language, IReadOnlyList<PromptMessage> Messages, int Tokens, int Passages, double Answerable)
{
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What a follow-up question was made into; null where it stands for itself.</summary>
    public string? SearchedFor { get; init; }
}

/// <param name="Role">system or user.</param>
public sealed record PromptMessage(string Role, string Text);
