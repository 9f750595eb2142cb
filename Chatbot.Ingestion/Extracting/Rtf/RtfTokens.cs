using System.Text;

namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>Cuts rich text into groups, controls and bytes ([MS-OXRTFCP], Rich Text Format 1.9.1). Not thread-safe.</summary>
internal sealed class RtfTokens(ReadOnlyMemory<byte> bytes)
{
    private const int LongestWord = 32, LongestNumber = 10;

    private int _at;

    public RtfToken Next()
    {
        var span = bytes.Span;
        while (_at < span.Length)
        {
            var value = span[_at++];
            switch (value)
            {
                case (byte)'{':
                    return new(RtfTokenKind.Open, "", null);
                case (byte)'}':
                    return new(RtfTokenKind.Close, "", null);
                case (byte)'\\':
                    return Control(span);
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    return new(RtfTokenKind.Byte, "", value);
            }
        }

        return new(RtfTokenKind.End, "", null);
    }

    /// <summary>Passes over bytes that are no text.</summary>
    public void Skip(int count) => _at = Math.Min(bytes.Length, _at + Math.Max(count, 0));

    private RtfToken Control(ReadOnlySpan<byte> span)
    {
        if (_at == span.Length) return new(RtfTokenKind.End, "", null);
        if (!char.IsAsciiLetter((char)span[_at]))
        {
            var symbol = (char)span[_at++];
            if (symbol == '\'') return new(RtfTokenKind.Byte, "", Hexadecimal(span));
            // A line break behind the sign ends a paragraph.
            return new(RtfTokenKind.Control, symbol is '\r' or '\n' ? "par" : symbol.ToString(), null);
        }

        var start = _at;
        while (_at < span.Length && _at - start < LongestWord && char.IsAsciiLetter((char)span[_at])) _at++;
        var word = Encoding.ASCII.GetString(span[start.._at]);
        int? number = null;
        var digits = _at;
        if (_at < span.Length && span[_at] == '-') _at++;
        while (_at < span.Length && _at - digits <= LongestNumber && char.IsAsciiDigit((char)span[_at])) _at++;
        if (int.TryParse(span[digits.._at], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var found)) number = found;
        if (_at < span.Length && span[_at] == ' ') _at++;
        return new(RtfTokenKind.Control, word, number);
    }

    private int Hexadecimal(ReadOnlySpan<byte> span)
    {
        var value = 0;
        for (var i = 0; i < 2 && _at < span.Length && char.IsAsciiHexDigit((char)span[_at]); i++) value = (value * 16) + Convert.ToInt32(((char)span[_at++]).ToString(), 16);
        return value;
    }
}
