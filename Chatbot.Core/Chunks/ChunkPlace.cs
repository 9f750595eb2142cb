namespace Chatbot.Core.Chunks;

/// <summary>Where a chunk stands: place <paramref name="Ordinal"/>, from 0, in a version of a document.</summary>
public readonly record struct ChunkPlace(string DocumentId, long Version, int Ordinal);
