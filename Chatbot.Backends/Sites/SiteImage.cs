namespace Chatbot.Backends.Sites;

/// <summary>A picture on pages of a site.</summary>
/// <param name="BlobHash">Where its bytes are; null when there is none that can be read.</param>
/// <param name="ETag">Of these bytes, as the server wrote it.</param>
/// <param name="LastModified">Of these bytes, as the server wrote it.</param>
public sealed record SiteImage(string? BlobHash, string? ETag, string? LastModified, DateTimeOffset FetchedAt);
