using Chatbot.Backends.Documents;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;

namespace Chatbot.Api.Documents;

/// <summary>Marks documents as gone and tells ingestion, which takes them out of the index. Safe for concurrent use.</summary>
internal sealed class DocumentRemoval(Database database, DocumentStore documents, IJobQueue queue)
{
    public async Task RemoveAsync(Document document, CancellationToken cancellationToken)
    {
        await database.WriteAsync(transaction => documents.MarkGoneAsync(transaction, document.Id, cancellationToken), cancellationToken);
        await queue.PublishAsync([new DocumentGone(document.Id).ToJob()], cancellationToken);
    }

    /// <summary>Announces the documents of a deleted site.</summary>
    public async Task AnnounceAsync(string siteId, CancellationToken cancellationToken)
    {
        var gone = (await documents.ListUnannouncedAsync(siteId, cancellationToken)).Where(document => document.Status == DocumentStatus.Gone);
        await queue.PublishAsync([.. gone.Select(document => new DocumentGone(document.Id).ToJob())], cancellationToken);
    }
}
