namespace Chatbot.Api.Http;

/// <summary>How lists are answered.</summary>
/// <param name="Total">All that match, whatever the limit.</param>
public sealed record ListReply<T>(IReadOnlyList<T> Items, int Total);

internal static class ListReply
{
    /// <summary>A list that is not cut.</summary>
    public static ListReply<T> All<T>(IReadOnlyList<T> items) => new(items, items.Count);
}
