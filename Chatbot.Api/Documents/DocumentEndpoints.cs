using Chatbot.Api.Answering;
using Chatbot.Api.Documents.Uploading;
using Chatbot.Api.Faqs;
using Chatbot.Api.Http;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Documents;

internal static class DocumentEndpoints
{
    private const int MostDocuments = 500;

    public static void MapDocuments(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/documents").WithTags("Documents");
        group.MapGet("/", ListAsync).WithSummary("Documents, in the order of their URLs.");
        group.MapGet("/{id}", FindAsync).WithSummary("A document.");
        group.MapGet("/{id}/chunks", ChunksAsync).WithSummary("What searches find of a document.");
        group.MapPost("/{id}/retry", RetryAsync).WithSummary("Reads a document again that could not be read, or not all of it.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Takes a document out; the next crawl that finds it, or the next upload, brings it back.");
        group.MapUpload();
    }

    private static async Task<Results<Ok<ListReply<DocumentReply>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        DocumentStore documents, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string? knowledgeBase = null, string? siteId = null, string? status = null, string? text = null, bool? uploaded = null, string? ids = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostDocuments, "limit", $"1 to {MostDocuments}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        DocumentStatus? wanted = Enum.TryParse<DocumentStatus>(status, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        errors.Check(string.IsNullOrEmpty(status) || wanted is not null, "status", "pending, indexed, failed or gone.");
        var chosen = ids?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        errors.Check(chosen is null or { Length: <= MostDocuments }, "ids", $"At most {MostDocuments}, apart by commas.");
        if (errors.Any)
            return errors.ToProblem();
        var id = string.IsNullOrEmpty(knowledgeBase) ? null : (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken))?.Id;
        if (id is null && !string.IsNullOrEmpty(knowledgeBase))
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var filter = new DocumentFilter
        {
            KnowledgeBaseId = id,
            SiteId = string.IsNullOrEmpty(siteId) ? null : siteId,
            Status = wanted,
            Text = text,
            IsUpload = uploaded,
            Ids = chosen,
            Limit = limit,
            Offset = offset,
        };
        var found = await documents.ListAsync(filter, cancellationToken);
        return TypedResults.Ok(new ListReply<DocumentReply>([.. found.Select(DocumentReply.From)], await documents.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Ok<DocumentReply>, ProblemHttpResult>> FindAsync(string id, DocumentStore documents, CancellationToken cancellationToken) =>
        await documents.FindAsync(id, cancellationToken) is { } document ? TypedResults.Ok(DocumentReply.From(document)) : Problems.NotFound("document");

    private static async Task<Results<Ok<ListReply<ChunkReply>>, ProblemHttpResult>> ChunksAsync(
        string id, DocumentStore documents, IChunkIndex index, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, cancellationToken) is not { } document)
            return Problems.NotFound("document");
        var chunks = await index.GetDocumentAsync(document.KnowledgeBaseId, id, cancellationToken);
        return TypedResults.Ok(ListReply.All<ChunkReply>([.. chunks.Select(ChunkReply.From)]));
    }

    private static async Task<Results<Accepted<DocumentReply>, ProblemHttpResult>> RetryAsync(string id, DocumentStore documents, IJobQueue queue, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, cancellationToken) is not { } document)
            return Problems.NotFound("document");
        if (await documents.RetryAsync(id, cancellationToken) is not { } next)
            return Problems.Conflict("The document is waiting already, is gone, or its bytes are not there.");
        await queue.PublishAsync([new DocumentChanged(next.Id, next.Version).ToJob()], cancellationToken);
        // What was parked of the version before finds that it is late, and is done.
        await queue.ReviveAsync(new DocumentChanged(document.Id, document.Version).ToJob().Id, cancellationToken);
        return TypedResults.Accepted((string?)null, DocumentReply.From(next));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> DeleteAsync(
        string id, DocumentStore documents, DocumentRemoval removal, FaqEditor faqs, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, cancellationToken) is not { } document)
            return Problems.NotFound("document");
        if (FaqAddress.IdOf(document.Url) is not null)
            await faqs.DeleteAsync(id, cancellationToken);
        else
            await removal.RemoveAsync(document, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}
