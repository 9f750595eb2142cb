namespace Chatbot.Crawler.Fetching;

/// <summary>A host has only addresses that this crawl must not reach.</summary>
internal sealed class PrivateAddressException(string message) : IOException(message);
