namespace Chatbot.Api.Documents.Uploading;

/// <summary>What is left of the limits of one request. Not safe for concurrent use.</summary>
internal sealed class UploadAllowance(UploadOptions options)
{
    private int files = options.MaxFiles;

    /// <summary>Bytes that archives may still unpack to.</summary>
    public long Unpacked { get; private set; } = options.MaxUnpackedBytes;

    /// <summary>Counts a file.</summary>
    /// <returns>False when there were too many.</returns>
    public bool TakeFile() => --files >= 0;

    public void TakeUnpacked(int bytes) => Unpacked -= bytes;
}
