using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Crawler.Rendering;

/// <summary>What a crawler and the process that renders for it say to each other, each message after its length. Writing is safe for concurrent use, reading is one reader's.</summary>
internal sealed class RenderWire(Stream input, Stream output) : IDisposable
{
    // A page at its largest, as base64, fits several times.
    private const int Longest = 512 << 20;

    private readonly SemaphoreSlim _turn = new(1);

    public async Task WriteAsync(RenderMessage message, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(message, RenderJson.Default.RenderMessage);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Not to be cut short: half a message would spoil all that follow.
            await output.WriteAsync(length, CancellationToken.None);
            await output.WriteAsync(text, CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>Null when the other side has ended.</returns>
    /// <exception cref="IOException">It ended in the middle of a message, or said something else.</exception>
    public async Task<RenderMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var head = new byte[sizeof(int)];
        var read = await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
            return null;

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (read < head.Length || length is < 2 or > Longest)
            throw new IOException("This is no message of a process that renders.");

        var text = new byte[length];
        await input.ReadExactlyAsync(text, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(text, RenderJson.Default.RenderMessage);
        }
        catch (JsonException error)
        {
            throw new IOException("This is no message of a process that renders.", error);
        }
    }

    public void Dispose() => _turn.Dispose();
}

/// <summary>One of its parts is set.</summary>
/// <param name="Id">Of the page, or of the request of a page that is answered.</param>
internal sealed record RenderMessage(long Id)
{
    /// <summary>To the process: render this.</summary>
    public RenderTask? Task { get; init; }

    /// <summary>To the process: nobody waits for this page any more.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>To the crawler: what came of a page.</summary>
    public RenderEnd? End { get; init; }

    /// <summary>To the crawler: a page asks for something.</summary>
    public RenderAsk? Ask { get; init; }

    /// <summary>To the process: what it was answered.</summary>
    public RenderReply? Reply { get; init; }
}

/// <param name="Connection">Key of the site's own connections; null when it has none.</param>
internal sealed record RenderTask(string Url, byte[] Body, string? Charset, string SiteId, bool AllowPrivateAddresses, IReadOnlyList<string> SetCookies, string? Connection);

/// <summary>A <see cref="RenderResult"/>.</summary>
internal sealed record RenderEnd(RenderEndKind Kind, string? Text, byte[]? Html, bool IsSettled);

internal enum RenderEndKind
{
    Rendered,
    Redirected,
    Failed,
    NoBrowser,
}

/// <param name="Page">Id of the page whose connection is asked.</param>
internal sealed record RenderAsk(long Page, BrowserAsk Ask);

/// <param name="IsBroken">Nothing was said; otherwise null means that this is not asked by the connection.</param>
internal sealed record RenderReply(BrowserAnswer? Answer, bool IsBroken);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RenderMessage))]
internal sealed partial class RenderJson : JsonSerializerContext;
