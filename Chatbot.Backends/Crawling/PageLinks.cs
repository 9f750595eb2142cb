using System.Text.Json;
using Chatbot.Core;

namespace Chatbot.Backends.Crawling;

/// <summary>The links of a page as the database keeps them: a JSON array of normalised URLs.</summary>
public static class PageLinks
{
    public static string ToJson(List<string> links) => JsonSerializer.Serialize(links, CoreJson.Default.ListString);

    /// <returns>Empty when there are none, or they cannot be read.</returns>
    public static IReadOnlyList<string> FromJson(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize(json, CoreJson.Default.ListString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
