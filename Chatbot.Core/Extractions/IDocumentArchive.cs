namespace Chatbot.Core.Extractions;

/// <summary>Keeps extractions, so that no blob is read twice by the same extractor. Safe for concurrent use.</summary>
public interface IDocumentArchive
{
    /// <returns>The extraction, or null when this extractor has not read this blob.</returns>
    Task<Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken);

    /// <summary>Keeps an extraction; the last one kept under a key wins.</summary>
    Task KeepAsync(string blobHash, string extractorVersion, Extraction extraction, CancellationToken cancellationToken);
}
