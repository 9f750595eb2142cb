using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chatbot.Backends.Data;

/// <summary>
/// Writes what <see cref="Core.Data.SqlDialect.TextsOf"/> and <see cref="Core.Data.SqlDialect.RowsOf"/> read: many values as
/// one parameter. Binding them one by one was half of what a second crawl of an unchanged site cost. Not safe for concurrent use.
/// </summary>
public sealed class JsonRows : IDisposable
{
    // Read by the database alone: nothing needs to be escaped for a page.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;

    public JsonRows()
    {
        _writer = new Utf8JsonWriter(_buffer, s_options);
        _writer.WriteStartArray();
    }

    /// <summary>Rows that were begun.</summary>
    public int Count { get; private set; }

    /// <summary>An array of texts.</summary>
    public static string Texts(IReadOnlyList<string> texts)
    {
        using var rows = new JsonRows();
        for (var i = 0; i < texts.Count; i++)
            rows._writer.WriteStringValue(texts[i]);
        return rows.End();
    }

    /// <summary>Begins the next row; its values follow, in the order of the columns.</summary>
    public JsonRows Row()
    {
        if (Count++ > 0)
            _writer.WriteEndArray();
        _writer.WriteStartArray();
        return this;
    }

    public JsonRows Add(string? text)
    {
        _writer.WriteStringValue(text);
        return this;
    }

    public JsonRows Add(long? number)
    {
        if (number is { } value)
            _writer.WriteNumberValue(value);
        else
            _writer.WriteNullValue();
        return this;
    }

    /// <summary>Ends the last row and the array; nothing can be added afterwards.</summary>
    public string End()
    {
        if (Count > 0)
            _writer.WriteEndArray();
        _writer.WriteEndArray();
        _writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _writer.Dispose();
}
