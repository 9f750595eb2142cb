namespace Chatbot.Tests.Server;

/// <summary>A chunk as a data directory holds it. <see cref="Path"/> is its document's.</summary>
internal sealed record ChunkRow(string Path, long Ordinal, string Id, string HeadingPath, string Text);
