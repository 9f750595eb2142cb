using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>Reads server-sent events as a browser does.</summary>
internal static class SseReader
{
    public static async Task<List<SseItem<string>>> ReadAllAsync(HttpResponseMessage response)
    {
        var events = new List<SseItem<string>>();
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add(item);
        return events;
    }

    /// <summary>The data of the only event with that name.</summary>
    public static JsonElement Data(this IEnumerable<SseItem<string>> events, string name) =>
        JsonSerializer.Deserialize<JsonElement>(Assert.Single(events, item => item.EventType == name).Data);

    /// <summary>The texts of all deltas put together.</summary>
    public static string Text(this IEnumerable<SseItem<string>> events) => string.Concat(
        events.Where(item => item.EventType == "delta").Select(item => JsonSerializer.Deserialize<JsonElement>(item.Data).GetProperty("text").GetString()));
}
