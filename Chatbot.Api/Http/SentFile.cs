using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Http;

/// <summary>A file that is the body of a request.</summary>
/// <param name="Type">Its media type, in small letters.</param>
internal sealed record SentFile(string Type, ReadOnlyMemory<byte> Bytes)
{
    public const string Csv = "text/csv";
    public const string Json = "application/json";

    /// <summary>Reads it whole.</summary>
    /// <param name="what">What it is not when it is of another type, as a title: <c>a file of entries</c>.</param>
    /// <param name="largest">In bytes.</param>
    /// <returns>The file, or what is wrong with it.</returns>
    public static async Task<(SentFile? File, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, string what, int largest, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (type is null || !types.Contains(type))
            return (null, TypedResults.Problem($"Send the file as {string.Join(" or ", types)}.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: $"Not {what}"));
        using var body = new MemoryStream();
        try
        {
            await new LimitedBody(request.Body, largest).CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TypedResults.Problem($"A file has at most {largest / 1_000_000} MB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The file is too large"));
        }

        return (new SentFile(type, body.GetBuffer().AsMemory(0, (int)body.Length)), null);
    }
}

internal static class SentFiles
{
    /// <summary>The endpoint reads a <see cref="SentFile"/>, which limits its size.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint, IReadOnlyList<string> types) => endpoint
        .WithMetadata(new RequestSize(null))
        .Accepts<string>(types[0], [.. types.Skip(1)])
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
