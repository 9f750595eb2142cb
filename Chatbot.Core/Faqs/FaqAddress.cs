namespace Chatbot.Core.Faqs;

/// <summary>Where entries of questions and answers are: each has a page on this server, <c>/faqs/{id}</c>, the URL of its document. Pure.</summary>
public static class FaqAddress
{
    /// <summary>What the URL of each entry begins with.</summary>
    public const string Path = "/faqs/";

    public static string Of(string id) => Path + id;

    /// <returns>The id of an entry; null for URLs of other documents.</returns>
    public static string? IdOf(string url) => url.StartsWith(Path, StringComparison.Ordinal) && Guid.TryParseExact(url.AsSpan(Path.Length), "D", out _) ? url[Path.Length..] : null;
}
