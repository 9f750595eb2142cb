using Chatbot.Core.Documents;

namespace Chatbot.Core.Faqs;

/// <summary>A question with its answer that an editor wrote; a document of its own, with the same id.</summary>
/// <param name="Status">How far its document is on its way into the index.</param>
public sealed record FaqEntry(
    string Id, string KnowledgeBaseId, FaqContent Content, DocumentStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
