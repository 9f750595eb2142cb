namespace Chatbot.Core.Blobs;

/// <summary>Raw bytes, addressed by their SHA-256 (64 hexadecimal digits), stored once. Safe for concurrent use.</summary>
public interface IBlobStore
{
    /// <summary>Stores the bytes, durably when it returns; storing them again changes nothing.</summary>
    /// <returns>The hash.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The same for the bytes of a file, which are not read into memory at once. The file stays.</summary>
    /// <returns>The hash.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    Task<string> PutFileAsync(string path, CancellationToken cancellationToken);

    /// <summary>Opens a blob for sending it on: as <see cref="GetAsync"/>, without holding a large one in memory and without checking its bytes.</summary>
    /// <returns>A stream that can seek, for the caller to dispose of; null when no such blob is there.</returns>
    Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken);

    /// <returns>The bytes, or null when no such blob is there.</returns>
    Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Removes a blob; one that is not there is no error.</summary>
    Task DeleteAsync(string hash, CancellationToken cancellationToken);
}
