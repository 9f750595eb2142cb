using System.Text;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Backends.Blobs;

/// <summary>What every <see cref="IBlobStore"/> does.</summary>
public abstract class BlobStoreContract
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another instance on the same blobs, as another process has it.</summary>
    protected abstract IBlobStore Open();

    public static TheoryData<string, byte[]> Contents => new()
    {
        { "empty", [] },
        { "one byte", [7] },
        { "text", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>Öffnungszeiten: 8–12 Uhr</p>\n", 10_000))) },
        { "noise", Noise(300_000) },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task What_was_put_comes_back_byte_for_byte(string name, byte[] content)
    {
        _ = name;

        var hash = await Open().PutAsync(content, Token);

        Assert.Equal(Ids.Hash(content), hash);
        Assert.Equal(content, await Open().GetAsync(hash, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public async Task A_file_that_was_put_comes_back_whole_and_as_a_stream_that_can_seek(int length)
    {
        using var directory = new TemporaryDirectory();
        var (path, content) = (Path.Combine(directory.Path, "file"), Noise(length));
        await File.WriteAllBytesAsync(path, content, Token);

        var hash = await Open().PutFileAsync(path, Token);
        var again = await Open().PutFileAsync(path, Token);

        Assert.Equal(Ids.Hash(content), hash);
        Assert.Equal(hash, again);
        Assert.Equal(content, await Open().GetAsync(hash, Token));
        await using var stream = (await Open().OpenAsync(hash, Token))!;
        Assert.Equal(length, stream.Length);
        stream.Position = length / 2;
        using var half = new MemoryStream();
        await stream.CopyToAsync(half, Token);
        Assert.Equal(content[(length / 2)..], half.ToArray());
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_null_and_no_error_to_delete()
    {
        var store = Open();
        var hash = Ids.Hash("nowhere");

        await store.DeleteAsync(hash, Token);

        Assert.Null(await store.GetAsync(hash, Token));
        Assert.Null(await store.OpenAsync(hash, Token));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_can_be_put_again()
    {
        var store = Open();
        var hash = await store.PutAsync(new byte[5_000], Token);

        await store.DeleteAsync(hash, Token);

        Assert.Null(await store.GetAsync(hash, Token));
        await store.PutAsync(new byte[5_000], Token);
        Assert.Equal(new byte[5_000], await store.GetAsync(hash, Token));
    }

    [Fact]
    public async Task The_same_blob_put_by_many_at_once_is_there_once()
    {
        var content = Noise(50_000);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Open().PutAsync(content, Token), Token)));

        Assert.Equal(content, await Open().GetAsync(Assert.Single(hashes.Distinct()), Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task What_is_no_hash_is_refused(string hash)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Open().GetAsync(hash, Token));
    }

    protected static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(42).NextBytes(bytes);
        return bytes;
    }
}
