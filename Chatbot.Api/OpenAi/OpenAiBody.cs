using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chatbot.Api.OpenAi;

/// <summary>Reads bodies by the names of OpenAI's API, whose errors have a form of their own.</summary>
internal static class OpenAiBody
{
    // Conversations are sent whole each time.
    private const long Largest = 4 * 1024 * 1024;

    /// <returns>The request, or what is wrong with it.</returns>
    public static async Task<(T? Request, IResult? Problem)> ReadAsync<T>(HttpRequest http, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        if (http.ContentLength > Largest) return (null, OpenAiErrors.Of(StatusCodes.Status413PayloadTooLarge, $"A request has at most {Largest >> 20} MB.", null, null));
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Body, type, cancellationToken) is { } request
                ? (request, null)
                : (null, OpenAiErrors.Invalid("", "Send a JSON object."));
        }
        catch (JsonException error)
        {
            return (null, OpenAiErrors.Invalid(error.Path ?? "", "The body is no JSON object of this form."));
        }
    }
}
