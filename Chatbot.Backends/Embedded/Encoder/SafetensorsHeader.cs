using System.Text.Json;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// The table of contents of a safetensors file: JSON of <c>name → {dtype, shape, data_offsets}</c> and text metadata.
/// Everything is checked here once, so that readers need not mistrust it: known types, sizes that agree with the
/// shapes, tensors one after the other without gap or overlap up to the end of the file.
/// </summary>
internal sealed class SafetensorsHeader
{
    public Dictionary<string, TensorInfo> Tensors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <param name="dataStart">Where the tensors begin, in bytes from the start of the file.</param>
    /// <exception cref="FormatException">The message says what is wrong.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataStart, long fileLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__"))
                {
                    foreach (var item in entry.Value.EnumerateObject())
                        header.Metadata[item.Name] = item.Value.GetString() ?? "";
                }
                else if (!header.Tensors.TryAdd(entry.Name, ParseTensor(entry, dataStart)))
                {
                    throw new FormatException($"tensor '{entry.Name}' is listed twice");
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException("its header is not a table of tensors", error);
        }

        CheckLayout(header.Tensors.Values, dataStart, fileLength);
        return header;
    }

    private static TensorInfo ParseTensor(JsonProperty entry, long dataStart)
    {
        var type = entry.Value.GetProperty("dtype").GetString() ?? "";
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var offsets = entry.Value.GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());

        var expected = shape.Aggregate((long)SizeOf(type, entry.Name), (bytes, size) =>
            size >= 0 ? checked(bytes * size) : throw new FormatException($"tensor '{entry.Name}' has a negative size"));
        if (start < 0 || end < start || end - start != expected)
            throw new FormatException($"tensor '{entry.Name}' has {end - start} bytes where its shape needs {expected}");
        return new TensorInfo(entry.Name, type, shape, checked(dataStart + start), expected);
    }

    private static int SizeOf(string type, string name) => type switch
    {
        "U8" => 1,
        "F16" => 2,
        "U32" or "F32" => 4,
        _ => throw new FormatException($"tensor '{name}' has the unknown type '{type}'"),
    };

    private static void CheckLayout(IEnumerable<TensorInfo> tensors, long dataStart, long fileLength)
    {
        var position = dataStart;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Length))
        {
            if (tensor.Offset != position)
                throw new FormatException($"tensor '{tensor.Name}' does not follow its predecessor");
            if ((tensor.Offset - dataStart) % SizeOf(tensor.Type, tensor.Name) != 0)
                throw new FormatException($"tensor '{tensor.Name}' is not aligned to its elements");
            position = checked(position + tensor.Length);
        }

        if (position > fileLength)
            throw new FormatException($"it is cut off: {fileLength} bytes instead of {position}");
        if (position < fileLength)
            throw new FormatException($"it has {fileLength - position} bytes too many");
    }
}
