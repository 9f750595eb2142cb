using Chatbot.Backends.Embedded.Encoder;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class DamagedModelTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_missing_file_is_named_with_the_remedy_and_works_once_it_is_there()
    {
        using var generator = new LocalEmbeddingGenerator(_path);
        var error = await Assert.ThrowsAsync<ModelFileException>(() => generator.GenerateAsync(["x"], null, Token));

        File.Copy(ModelFile.DefaultPath, _path);

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Put the file of the release back", error.Message, StringComparison.Ordinal);
        Assert.Single(await generator.GenerateAsync(["x"], null, Token));
    }

    [Fact]
    public async Task An_empty_file_is_told()
    {
        await File.WriteAllBytesAsync(_path, [], Token);
        using var generator = new LocalEmbeddingGenerator(_path);

        var error = await Assert.ThrowsAsync<ModelFileException>(() => generator.GenerateAsync(["x"], null, Token));

        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(50_000_000)]
    [InlineData(72_662_308)]
    public async Task A_truncated_file_is_told(long length)
    {
        File.Copy(ModelFile.DefaultPath, _path);
        await using (var stream = File.OpenWrite(_path))
            stream.SetLength(length);
        using var generator = new LocalEmbeddingGenerator(_path);

        var error = await Assert.ThrowsAsync<ModelFileException>(() => generator.GenerateAsync(["x"], null, Token));

        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
    }

    // In the layers, in the word table and in the tokenizer: nothing but the hash would notice the first two.
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(40_000_000)]
    [InlineData(72_000_000)]
    public async Task A_single_wrong_byte_is_told(long position)
    {
        File.Copy(ModelFile.DefaultPath, _path);
        await using (var stream = File.Open(_path, FileMode.Open))
        {
            stream.Position = position;
            var value = stream.ReadByte();
            stream.Position = position;
            stream.WriteByte((byte)~value);
        }

        using var generator = new LocalEmbeddingGenerator(_path);
        var error = await Assert.ThrowsAsync<ModelFileException>(() => generator.GenerateAsync(["x"], null, Token));

        Assert.Contains("differ", error.Message, StringComparison.Ordinal);
    }
}
