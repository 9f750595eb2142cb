using System.Diagnostics;
using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Documents.Uploading;

internal static class UploadEndpoints
{
    // As long as RFC 2046, 5.1.1 lets it be.
    private const int LongestBoundary = 70;

    public static void MapUpload(this RouteGroupBuilder documents)
    {
        documents.MapPost("/", UploadAsync)
            // UploadAsync limits it: see LimitedBody.
            .WithMetadata(new RequestSize(null))
            .WithSummary("Takes files (multipart/form-data) as documents; ZIP archives are unpacked. Says of each file what became of it.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<Ok<UploadReply>, ValidationProblem, ProblemHttpResult>> UploadAsync(
        HttpRequest request, UploadReceiver receiver, KnowledgeBaseStore knowledgeBases, IOptions<UploadOptions> options, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, [FromQuery(Name = "as")] string? name = null)
    {
        if (BoundaryOf(request) is not { } boundary)
            return TypedResults.Problem("Send the files as multipart/form-data.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Not a form with files");
        if (request.ContentLength > options.Value.MaxRequestBytes)
            return TypedResults.Problem($"An upload has at most {options.Value.MaxRequestMb} MB. Send the files in several.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The upload is too large");
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found)
            return Problems.Of(AskProblem.UnknownKnowledgeBase);
        try
        {
            return await receiver.ReceiveAsync(boundary, new LimitedBody(request.Body, options.Value.MaxRequestBytes), found, name, cancellationToken) switch
            {
                UploadResult.Done(var reply) => TypedResults.Ok(reply),
                UploadResult.NoFile => NoFile(),
                UploadResult.UnknownKnowledgeBase => Problems.Of(AskProblem.UnknownKnowledgeBase),
                var other => throw new UnreachableException($"Unhandled {other}"),
            };
        }
        catch (Exception error) when (error is InvalidDataException || (error is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested && IsOfTheForm(error)))
        {
            return TypedResults.Problem("The form ends before its last file does, or is not written as a form.", statusCode: StatusCodes.Status400BadRequest, title: "The form cannot be read");
        }
    }

    private static ValidationProblem NoFile()
    {
        var errors = new FieldErrors();
        errors.Add("files", "Choose at least one file.");
        return errors.ToProblem();
    }

    // MultipartReader says so of a form that breaks off; the disk's own troubles are another matter.
    private static bool IsOfTheForm(Exception error) => error.Source == "Microsoft.AspNetCore.WebUtilities";

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.Value
            : null;
}
