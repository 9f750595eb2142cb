namespace Chatbot.Api.Http;

/// <summary>Addresses of the web that editors write. Pure.</summary>
internal static class WebLink
{
    public const string Expected = "A link is absolute and begins with http:// or https://.";

    private const int Longest = 2_000;

    public static bool IsOne(string text) =>
        text.Length <= Longest && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
