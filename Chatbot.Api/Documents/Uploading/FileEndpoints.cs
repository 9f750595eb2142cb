using Chatbot.Api.Http;
using Chatbot.Api.Users;
using Chatbot.Backends.Documents;
using Chatbot.Core.Blobs;
using Chatbot.Core.Documents;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// The bytes of uploads, so that citations of them open. Their addresses hold an id that cannot be guessed from the name; who
/// was given an answer that cites one has it. Files are anybody's writing: only PDF is shown within the browser, whose viewer
/// keeps it apart from this server's pages; all else is for saving, and could run nothing if it were shown.
/// </summary>
internal static class FileEndpoints
{
    private const string Pdf = "application/pdf";

    public static void MapFiles(this IEndpointRouteBuilder app) => app.MapGroup("/api/files").WithTags("Documents").AllowAnonymous()
        .MapGet("/{id}/{**name}", ReadAsync)
        .WithSummary("The bytes of an uploaded document.")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(
        string id, HttpContext context, DocumentStore documents, IBlobStore blobs, IOptions<UploadOptions> options, CancellationToken cancellationToken)
    {
        var isAdmin = context.User.IsInRole(AdminAccess.Role);
        // The same for what is not there and what is not for this visitor: no one learns which there are.
        if (await documents.FindAsync(id, cancellationToken) is not { BlobHash: { } hash, Status: not DocumentStatus.Gone } document
            || UploadAddress.NameOf(document.Url) is not { } name
            || !(isAdmin || (options.Value.PublicFiles && document.IndexedVersion > 0))
            || await blobs.OpenAsync(hash, cancellationToken) is not { } content)
            return Problems.NotFound("file");

        var type = FileKinds.TypeOf(name) ?? "application/octet-stream";
        var disposition = new ContentDispositionHeaderValue(type == Pdf ? "inline" : "attachment");
        disposition.SetHttpFileName(name[(name.LastIndexOf('/') + 1)..]);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        // Browsers refuse to open their PDF viewer in a sandbox.
        headers.ContentSecurityPolicy = type == Pdf ? "frame-ancestors 'self'" : "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        // A file that was replaced or deleted must not be seen any longer; the tag saves sending it again.
        headers.CacheControl = "private, no-cache";
        return Results.Stream(content, type, lastModified: document.ChangedAt, entityTag: new EntityTagHeaderValue($"\"{hash}\""), enableRangeProcessing: true);
    }
}
