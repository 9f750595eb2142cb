using System.Security.Cryptography;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Blobs;

/// <summary>
/// Files <c>blobs/ab/cdef…</c> in the data directory, named by the hash of their content; with the ending <c>.br</c> where
/// compression pays. A file that does not have the content of its name (a power cut, a bad disk) is as good as absent.
/// </summary>
internal sealed partial class FileBlobStore : IBlobStore
{
    private const string CompressedEnding = ".br";

    // What cannot be seen to be younger than this belongs to a process that died.
    private static readonly TimeSpan OldestTemporary = TimeSpan.FromDays(1);

    // Bytes. Larger files are mostly PDF, which compression does not make smaller.
    private const long LargestInMemory = 1024 * 1024;

    private readonly string root;
    private readonly string temporary;
    private readonly bool flush;
    private readonly ILogger<FileBlobStore> logger;

    public FileBlobStore(IOptions<DataOptions> options, ILogger<FileBlobStore> logger)
    {
        root = Path.Combine(options.Value.FullPath, "blobs");
        temporary = Path.Combine(root, "tmp");
        flush = options.Value.FlushBlobs;
        this.logger = logger;
    }

    /// <summary>Makes the directories and sweeps what dead processes left.</summary>
    public void Prepare(TimeProvider clock)
    {
        DataDirectory.Ensure(temporary);
        var oldest = clock.GetUtcNow() - OldestTemporary;
        foreach (var file in Directory.EnumerateFiles(temporary))
        {
            if (File.GetLastWriteTimeUtc(file) < oldest)
                File.Delete(file);
        }
    }

    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var hash = Ids.Hash(content.Span);
        var path = PathOf(hash);
        if (IsWritten(path, content.Length) || IsWritten(path + CompressedEnding, content.Length))
            return hash;

        var compressed = Compression.Compress(content.Span);
        // A tenth less is not worth the work of every read: images, PDF, archives.
        var helps = compressed.Length < content.Length / 10 * 9;
        await WriteAsync(helps ? path + CompressedEnding : path, helps ? compressed : content, cancellationToken);
        return hash;
    }

    public async Task<string> PutFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        if (file.Length <= LargestInMemory)
        {
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return await PutAsync(bytes, cancellationToken);
        }

        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        var target = PathOf(hash);
        if (IsWritten(target, file.Length) || IsWritten(target + CompressedEnding, file.Length))
            return hash;
        file.Position = 0;
        await WriteAsync(target, file, cancellationToken);
        return hash;
    }

    public async Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        if (await ReadAsync(path + CompressedEnding, hash, cancellationToken) is { } content)
            return new MemoryStream(content, writable: false);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        return await ReadAsync(path + CompressedEnding, hash, cancellationToken) ?? await ReadAsync(path, hash, cancellationToken);
    }

    public Task DeleteAsync(string hash, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        Delete(path);
        Delete(path + CompressedEnding);
        return Task.CompletedTask;
    }

    // An empty file of a content that is not empty is what a power cut leaves of a rename.
    private static bool IsWritten(string path, long length)
    {
        var file = new FileInfo(path);
        return file.Exists && (file.Length > 0 || length == 0);
    }

    private Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WriteAsync(path, draft => draft.WriteAsync(bytes, cancellationToken).AsTask());

    private Task WriteAsync(string path, Stream bytes, CancellationToken cancellationToken) =>
        WriteAsync(path, draft => bytes.CopyToAsync(draft, cancellationToken));

    private async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(temporary);
        var draft = Path.Combine(temporary, Ids.New());
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await write(file);
                if (flush)
                    file.Flush(flushToDisk: true);
            }

            // Nobody sees half a blob; two writers of one hash write the same.
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private async Task<byte[]?> ReadAsync(string path, string hash, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            var content = path.EndsWith(CompressedEnding, StringComparison.Ordinal) ? Compression.Decompress(bytes) : bytes;
            if (Ids.Hash(content) == hash)
                return content;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            // Falls through to what a wrong hash does.
        }

        LogDamaged(path);
        Delete(path);
        return null;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    private string PathOf(string hash)
    {
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException("A blob's hash has 64 lower-case hexadecimal digits.", nameof(hash));
        return Path.Combine(root, hash[..2], hash[2..]);
    }

    [LoggerMessage(LogLevel.Warning, "The blob {Path} is damaged and was removed; it will be fetched again")]
    private partial void LogDamaged(string path);
}
