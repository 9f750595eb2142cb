using System.Security.Cryptography;
using Chatbot.Backends.Embedded;
using Chatbot.Core;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// Where files wait to be scanned and accepted: the folder <c>uploads</c> of the data directory. Names of files that came in
/// are never names there. Safe for concurrent use.
/// </summary>
internal sealed class StagingArea(IOptions<DataOptions> data, TimeProvider clock)
{
    private const int BufferBytes = 64 * 1024;

    // What is older belongs to a process that died.
    private static readonly TimeSpan OldestFile = TimeSpan.FromDays(1);

    private readonly Lazy<string> directory = new(() => Prepare(Path.Combine(Path.GetFullPath(data.Value.Directory), "uploads"), clock));

    /// <summary>Writes what a stream holds to a file.</summary>
    /// <param name="limit">Bytes; no more than these are written.</param>
    /// <param name="read">Is shown bytes as they are read.</param>
    /// <returns>Null when there are more; the stream was then read a little further.</returns>
    public async Task<StagedFile?> WriteAsync(Stream content, long limit, Action<ReadOnlySpan<byte>> read, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory.Value, Ids.New());
        var isKept = false;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var length = 0L;
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                var buffer = new byte[BufferBytes];
                while (await content.ReadAsync(buffer, cancellationToken) is var count and > 0)
                {
                    read(buffer.AsSpan(0, count));
                    length += count;
                    if (length > limit) return null;
                    hash.AppendData(buffer, 0, count);
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            isKept = true;
            return new StagedFile(path, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            if (!isKept) File.Delete(path);
        }
    }

    private static string Prepare(string directory, TimeProvider clock)
    {
        Directory.CreateDirectory(directory);
        var oldest = clock.GetUtcNow() - OldestFile;
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            if (File.GetLastWriteTimeUtc(file) < oldest) File.Delete(file);
        }

        return directory;
    }
}
