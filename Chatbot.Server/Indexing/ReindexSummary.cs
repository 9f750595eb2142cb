namespace Chatbot.Server.Indexing;

/// <summary>What building an index anew came to, as <c>reindex --json</c> prints it.</summary>
/// <param name="Chunker">How its chunks are cut: version and lengths.</param>
/// <param name="Model">The model of its vectors, with dimensions and prefixes.</param>
internal sealed record ReindexSummary(int Documents, int Chunks, string? Chunker, string Model, double Seconds);
