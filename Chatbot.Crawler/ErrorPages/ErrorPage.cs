namespace Chatbot.Crawler.ErrorPages;

/// <summary>What a host shows at an address that was made up.</summary>
/// <param name="Url">Where that led.</param>
/// <param name="Words">How often each word stands there.</param>
internal sealed record ErrorPage(string Url, Dictionary<string, int> Words);
