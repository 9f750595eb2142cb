using System.Security.Cryptography;
using System.Text;
using Chatbot.Backends.Embedded;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Secrets;

/// <summary>
/// Seals texts for the database with a key that is not in it: AES-256-GCM, the key in <c>keys/secrets.key</c> of the data
/// directory, readable by its owner alone. Safe for concurrent use.
/// </summary>
internal sealed class SecretBox(IOptions<DataOptions> data)
{
    private const byte Version = 1;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lock _lock = new();
    private byte[]? _key;

    /// <param name="context">What the text belongs to: sealed for one place, it cannot be opened in another.</param>
    public string Seal(string text, string context)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[1 + NonceBytes + TagBytes + plain.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Key(mayCreate: true), TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(1 + NonceBytes + TagBytes), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(context));
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(sealedBytes);
    }

    /// <exception cref="StorageException">It was sealed with another key, or was changed.</exception>
    public string Open(string text, string context)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            if (bytes.Length < 1 + NonceBytes + TagBytes || bytes[0] != Version)
                throw new CryptographicException();

            var plain = new byte[bytes.Length - 1 - NonceBytes - TagBytes];
            using var aes = new AesGcm(Key(mayCreate: false), TagBytes);
            aes.Decrypt(bytes.AsSpan(1, NonceBytes), bytes.AsSpan(1 + NonceBytes + TagBytes), bytes.AsSpan(1 + NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(context));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception error) when (error is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"A stored secret cannot be opened with the key in {KeyFile}: restore the file that it was sealed with, or enter the secret again.", error);
        }
    }

    private string KeyFile => Path.Combine(data.Value.FullPath, "keys", "secrets.key");

    private byte[] Key(bool mayCreate)
    {
        lock (_lock)
        {
            if (_key is not null)
                return _key;
            if (mayCreate && !File.Exists(KeyFile))
                Create();

            var key = File.ReadAllBytes(KeyFile);
            return key.Length == KeyBytes ? _key = key : throw new CryptographicException($"{KeyFile} is no key.");
        }
    }

    private void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        var draft = $"{KeyFile}.{Core.Ids.New()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Whole or not at all; of several processes that start at once one wins.
            File.Move(draft, KeyFile, overwrite: false);
        }
        catch (IOException) when (File.Exists(KeyFile))
        {
            File.Delete(draft);
        }
    }
}
