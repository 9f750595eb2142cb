using System.Buffers.Binary;
using System.Text;
using Chatbot.Backends.Embedded.Encoder;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string OneTensor = """{"__metadata__":{"k":"v"},"t":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_tensor_is_read_whole_and_in_parts()
    {
        Write(OneTensor, Floats(1, 2, 3, 4));

        using var file = SafetensorsFile.Open(_path);
        var tensor = file.Find("t", "F32", 2, 2);
        Span<float> part = stackalloc float[2];
        file.Read(tensor, 1, part);

        Assert.Equal([1f, 2f, 3f, 4f], file.ReadAll<float>(tensor));
        Assert.Equal([2f, 3f], part.ToArray());
        Assert.Equal("v", file.Metadata["k"]);
    }

    [Fact]
    public void Reading_past_a_tensors_end_is_refused()
    {
        Write(OneTensor, Floats(1, 2, 3, 4));
        using var file = SafetensorsFile.Open(_path);

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read<float>(file.Find("t", "F32", 2, 2), 3, new float[2]));
    }

    [Theory]
    [InlineData("u", "F32", 2, 2)]
    [InlineData("t", "F16", 2, 2)]
    [InlineData("t", "F32", 4, 1)]
    public void A_tensor_that_is_not_as_expected_is_refused_by_name(string name, string type, int rows, int columns)
    {
        Write(OneTensor, Floats(1, 2, 3, 4));
        using var file = SafetensorsFile.Open(_path);

        var error = Assert.Throws<ModelFileException>(() => file.Find(name, type, rows, columns));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"t\":1}")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2,2],"data_offsets":[0,12]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2,2],"data_offsets":[0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[-2,-2],"data_offsets":[0,16]}}""")]
    [InlineData("""{"t":{"dtype":"F99","shape":[4],"data_offsets":[0,16]}}""")]
    [InlineData("""{"t":{"dtype":"U8","shape":[2000000000,2000000000,2000000000],"data_offsets":[0,16]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"u":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"t":{"dtype":"F32","shape":[3],"data_offsets":[2,14]},"z":{"dtype":"U8","shape":[2],"data_offsets":[14,16]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,99999999999999999999]}}""")]
    public void A_damaged_header_is_told(string header)
    {
        Write(header, new byte[16]);

        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(_path));

        Assert.Equal(_path, error.FilePath);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_file_cut_off_anywhere_is_told(int length)
    {
        Write(OneTensor, Floats(1, 2, 3, 4));
        using (var stream = File.OpenWrite(_path))
            stream.SetLength(length < 0 ? stream.Length + length : length);

        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(_path));

        Assert.Contains(length == 0 ? "empty" : "cut off", error.Message, StringComparison.Ordinal);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_told()
    {
        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(_path));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_header_length_is_refused_without_reading()
    {
        File.WriteAllBytes(_path, Enumerable.Repeat((byte)0xFF, 64).ToArray());

        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(_path));

        Assert.Contains("safetensors", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private void Write(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header.PadRight((header.Length + 8 + 63) / 64 * 64 - 8));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(_path, [.. length, .. json, .. data]);
    }
}
