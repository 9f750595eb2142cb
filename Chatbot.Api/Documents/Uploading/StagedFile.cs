namespace Chatbot.Api.Documents.Uploading;

/// <summary>A file that came in and was not accepted yet, under a name of ours; deleted in the end.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">SHA-256 of them, as blobs have it.</param>
internal sealed record StagedFile(string Path, long Length, string Hash) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}
