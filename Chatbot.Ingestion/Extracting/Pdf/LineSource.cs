using System.Text;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>Reads lines of a program's output; of a line that is longer than anybody writes, the rest is dropped.</summary>
internal sealed class LineSource(Stream stream) : IDisposable
{
    private const int Longest = 1 << 20;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, false, 1 << 16);
    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _long = new();
    private int _at;
    private int _end;

    /// <returns>Null at the end.</returns>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _long.Clear();
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = await _reader.ReadAsync(_buffer.AsMemory(), cancellationToken);
                if (_end == 0) return _long.Length > 0 ? _long.ToString() : null;
            }

            var rest = _buffer.AsSpan(_at, _end - _at);
            var length = rest.IndexOf('\n');
            if (length >= 0)
            {
                _at += length + 1;
                if (_long.Length == 0) return new string(rest[..length]);
                Keep(rest[..length]);
                return _long.ToString();
            }

            Keep(rest);
            _at = _end;
        }
    }

    public void Dispose() => _reader.Dispose();

    private void Keep(ReadOnlySpan<char> text) => _long.Append(text[..Math.Min(text.Length, Math.Max(Longest - _long.Length, 0))]);
}
