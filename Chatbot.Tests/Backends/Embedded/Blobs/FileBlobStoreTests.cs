using Chatbot.Backends.Embedded.Blobs;
using Chatbot.Core.Blobs;
using Chatbot.Tests.Backends.Blobs;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Blobs;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly EmbeddedData data = new();

    private string Blobs => Path.Combine(data.Directory, "blobs");

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Text_takes_a_fraction_of_its_size_on_the_disk()
    {
        await Open().PutAsync(new byte[1_000_000], Token);

        Assert.InRange(Directory.EnumerateFiles(Blobs, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, 10_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_blob_that_a_power_cut_left_damaged_counts_as_absent_and_is_put_again(int left)
    {
        var content = Noise(10_000);
        var hash = await Open().PutAsync(content, Token);
        await using (var file = File.OpenWrite(Path.Combine(Blobs, hash[..2], hash[2..])))
            file.SetLength(left);

        Assert.Null(await Open().GetAsync(hash, Token));
        await Open().PutAsync(content, Token);

        Assert.Equal(content, await Open().GetAsync(hash, Token));
    }

    [Fact]
    public async Task A_compressed_blob_that_was_damaged_counts_as_absent()
    {
        var hash = await Open().PutAsync(new byte[100_000], Token);
        await File.WriteAllBytesAsync(Path.Combine(Blobs, hash[..2], hash[2..] + ".br"), Noise(50), Token);

        Assert.Null(await Open().GetAsync(hash, Token));
    }

    [Fact]
    public async Task What_dead_processes_left_is_swept_and_what_is_being_written_is_not()
    {
        var clock = new ManualTimeProvider();
        var store = Store();
        store.Prepare(clock);
        var (old, young) = (Path.Combine(Blobs, "tmp", "old"), Path.Combine(Blobs, "tmp", "young"));
        await File.WriteAllTextAsync(old, "", Token);
        await File.WriteAllTextAsync(young, "", Token);
        File.SetLastWriteTimeUtc(old, clock.GetUtcNow().UtcDateTime.AddDays(-2));
        File.SetLastWriteTimeUtc(young, clock.GetUtcNow().UtcDateTime);

        store.Prepare(clock);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    protected override IBlobStore Open() => Store();

    private FileBlobStore Store() => new(data.Options, NullLogger<FileBlobStore>.Instance);
}
