namespace Chatbot.Core.Blobs;

/// <summary>Raw bytes, addressed by their SHA-256 (64 hexadecimal digits), stored once. Safe for concurrent use.</summary>
public interface IBlobStore
{
    /// <summary>Stores the bytes, durably when it returns; storing them again changes nothing.</summary>
    /// <returns>The hash.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <returns>The bytes, or null when no such blob is there.</returns>
    Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Removes a blob; one that is not there is no error.</summary>
    Task DeleteAsync(string hash, CancellationToken cancellationToken);
}
