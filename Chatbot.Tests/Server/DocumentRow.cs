namespace Chatbot.Tests.Server;

/// <summary>A document as a data directory holds it. <see cref="Path"/> is its URL's.</summary>
internal sealed record DocumentRow(string Path, string Title, string ContentHash, string Status, long Version, long IndexedVersion, long IndexedAt);
