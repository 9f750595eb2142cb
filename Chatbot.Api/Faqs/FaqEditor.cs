using System.Text.Json;
using Chatbot.Api.Documents;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Faqs;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;

namespace Chatbot.Api.Faqs;

/// <summary>
/// Keeps entries and makes each a document: stored, recorded, announced to ingestion. An entry and its document change in
/// one transaction. Safe for concurrent use.
/// </summary>
internal sealed class FaqEditor(
    Database database, FaqStore faqs, DocumentStore documents, DocumentRemoval removal, IBlobStore blobs, IJobQueue queue, TimeProvider clock)
{
    /// <param name="known">The entry to change; null for a new one.</param>
    public async Task<FaqResult> SaveAsync(string knowledgeBaseId, FaqEntry? known, FaqContent content, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(content, CoreJson.Default.FaqContent);
        var hash = Ids.Hash(body);
        // A document that failed is tried again, whoever saves it.
        if (known is { Status: DocumentStatus.Pending or DocumentStatus.Indexed } && JsonSerializer.SerializeToUtf8Bytes(known.Content, CoreJson.Default.FaqContent).AsSpan().SequenceEqual(body))
            return new FaqResult.Saved(known, FaqOutcome.Unchanged);

        await blobs.PutAsync(body, cancellationToken);
        var now = clock.GetUtcNow();
        var id = known?.Id ?? await NewIdAsync(knowledgeBaseId, content, cancellationToken);
        var entry = new FaqEntry(id, knowledgeBaseId, content, DocumentStatus.Pending, known?.CreatedAt ?? now, now);
        var seen = new DocumentSeen
        {
            Id = id,
            KnowledgeBaseId = knowledgeBaseId,
            Url = FaqAddress.Of(id),
            Title = content.Question,
            Language = content.Language,
            ContentType = FaqContent.MediaType,
            BlobHash = hash,
            ContentHash = hash,
            Retry = true,
        };
        var document = await database.WriteAsync(
            async transaction => await faqs.SaveAsync(transaction, entry, cancellationToken) ? await documents.RecordAsync(transaction, seen, cancellationToken) : null,
            cancellationToken);
        if (document is null) return new FaqResult.Taken();
        // After a crash in between, a crawler that starts or ends a run announces it.
        await queue.PublishAsync([new DocumentChanged(document.Id, document.Version).ToJob()], cancellationToken);
        return new FaqResult.Saved(entry with { Status = document.Status }, known is null ? FaqOutcome.Created : FaqOutcome.Changed);
    }

    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var isThere = await database.WriteAsync(transaction => FaqStore.DeleteAsync(transaction, id, cancellationToken), cancellationToken);
        // Also where a crash left the document alone.
        if (await documents.FindAsync(id, cancellationToken) is { Status: not DocumentStatus.Gone } document && FaqAddress.IdOf(document.Url) is not null)
            await removal.RemoveAsync(document, cancellationToken);
        return isThere;
    }

    // An entry that was deleted and comes again is the same document; one whose question became another's keeps its id.
    private async Task<string> NewIdAsync(string knowledgeBaseId, FaqContent content, CancellationToken cancellationToken)
    {
        var id = Ids.Derive("faq", knowledgeBaseId, content.QuestionHash());
        return await faqs.FindAsync(id, cancellationToken) is null ? id : Ids.New();
    }
}
