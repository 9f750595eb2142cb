namespace Chatbot.Ingestion.Chunking;

/// <summary>What the chunks of a document say of it.</summary>
/// <param name="Title">Null when it has none.</param>
/// <param name="Language">Two-letter code, null when it could not be told.</param>
public sealed record ChunkSource(string DocumentId, long Version, string Url, string? Title, string? Language);
