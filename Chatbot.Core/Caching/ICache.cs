namespace Chatbot.Core.Caching;

/// <summary>Forgetful storage with tags. A miss is always possible; failures of the store are misses. Safe for concurrent use.</summary>
public interface ICache
{
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <param name="lifetime">Forgotten after this at the latest.</param>
    /// <param name="tags">Names under which it can be removed together with others.</param>
    Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, IReadOnlyCollection<string> tags, CancellationToken cancellationToken);

    Task RemoveAsync(string key, CancellationToken cancellationToken);

    /// <summary>Forgets everything that was set with the tag.</summary>
    Task RemoveByTagAsync(string tag, CancellationToken cancellationToken);
}
