using System.Text;

namespace Chatbot.Crawler.Rendering;

/// <summary>The head of an HTTP/1.1 message on its way through the proxy.</summary>
/// <param name="Lines">The first line and the headers.</param>
/// <param name="Rest">What came with it of the body.</param>
internal sealed record ProxyHead(IReadOnlyList<string> Lines, ReadOnlyMemory<byte> Rest)
{
    // What servers allow for all headers together is less.
    private const int MaxBytes = 64 * 1024;

    // RFC 9110, 7.6.1: between two hops only.
    private static readonly string[] s_hopByHop = ["Connection:", "Proxy-Connection:", "Keep-Alive:", "Proxy-Authorization:", "Proxy-Authenticate:"];

    public bool IsConnect => Lines[0].StartsWith("CONNECT ", StringComparison.Ordinal);

    /// <summary>An answer that another one follows. 101 is none: what follows it is no HTTP.</summary>
    public bool IsInterim => Lines[0].Split(' ') is [_, ['1', _, _] and not "101", ..];

    /// <returns>Null when the stream ends before it.</returns>
    /// <exception cref="InvalidDataException">It is no head.</exception>
    public static async Task<ProxyHead?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[8 * 1024];
        for (var used = 0; ;)
        {
            if (used == buffer.Length)
            {
                if (used >= MaxBytes)
                    throw new InvalidDataException("The head of a message is too long.");
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(used), cancellationToken);
            if (read == 0)
                return null;

            var from = Math.Max(0, used - 3);
            used += read;
            var end = buffer.AsSpan(from, used - from).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;

            // Latin-1 keeps every byte as it is.
            var lines = Encoding.Latin1.GetString(buffer, 0, from + end).Split("\r\n");
            return new ProxyHead(lines, buffer.AsMemory((from + end + 4)..used));
        }
    }

    /// <summary>Where a request wants to go; null when it is none for a proxy.</summary>
    public Uri? Target()
    {
        var parts = Lines[0].Split(' ');
        if (parts.Length != 3)
            return null;
        if (IsConnect)
            return Uri.TryCreate("https://" + parts[1], UriKind.Absolute, out var host) && host.PathAndQuery == "/" ? host : null;

        return Uri.TryCreate(parts[1], UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url : null;
    }

    /// <summary>The request as its server wants it.</summary>
    public byte[] ToServer(Uri target)
    {
        var parts = Lines[0].Split(' ');
        // As the browser wrote it, not as Uri would.
        var path = parts[1].IndexOf('/', "http://".Length) is >= 0 and var slash ? parts[1][slash..] : "/" + target.Query;
        return Write($"{parts[0]} {path} {parts[2]}");
    }

    /// <summary>The answer, on a connection that serves no other.</summary>
    public byte[] ToClient() => IsInterim || Lines[0].Contains(" 101", StringComparison.Ordinal)
        ? Encoding.Latin1.GetBytes(string.Join("\r\n", Lines) + "\r\n\r\n")
        : Write(Lines[0]);

    private byte[] Write(string first)
    {
        var text = new StringBuilder(first).Append("\r\n");
        foreach (var line in Lines.Skip(1))
            if (!Array.Exists(s_hopByHop, name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
                text.Append(line).Append("\r\n");

        return Encoding.Latin1.GetBytes(text.Append("Connection: close\r\n\r\n").ToString());
    }
}
