using System.Buffers;
using System.Text;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// Reads a text code point by code point in Unicode NFC with the model's replacements, normalising only as far as it is
/// read: of a text of megabytes the encoder sees the first two thousand characters or so. Lone surrogates count as
/// U+FFFD. Reused for text after text; not safe for concurrent use.
/// </summary>
internal sealed class NormalizedReader(CharacterMap map)
{
    private const int SliceChars = 2048;
    private const int AsciiEnd = 0x80;

    private string _text = "";
    private int _position;
    private char[] _slice = [];
    private int _sliceIndex;
    private int _sliceLength;
    private uint[] _replacement = new uint[32];
    private int _replacementIndex;
    private int _replacementLength;

    public void Begin(string text)
    {
        _text = text;
        (_position, _sliceIndex, _sliceLength, _replacementIndex, _replacementLength) = (0, 0, 0, 0, 0);
    }

    /// <returns>False at the end of the text.</returns>
    public bool TryRead(out uint codePoint)
    {
        while (true)
        {
            if (_replacementIndex < _replacementLength)
            {
                codePoint = _replacement[_replacementIndex++];
                return true;
            }

            if (_sliceIndex == _sliceLength && !NextSlice())
            {
                codePoint = 0;
                return false;
            }

            Rune.DecodeFromUtf16(_slice.AsSpan(_sliceIndex, _sliceLength - _sliceIndex), out var rune, out var consumed);
            _sliceIndex += consumed;
            codePoint = (uint)rune.Value;
            if (codePoint is > ' ' and < AsciiEnd - 1 || !map.TryMap(codePoint, out var replacement))
                return true;
            if (replacement.Length > _replacement.Length)
                _replacement = new uint[replacement.Length];
            replacement.CopyTo(_replacement);
            (_replacementIndex, _replacementLength) = (0, replacement.Length);
        }
    }

    private bool NextSlice()
    {
        if (_position == _text.Length)
            return false;

        var end = Math.Min(_position + SliceChars, _text.Length);
        while (end < _text.Length && !StartsAlone(_text[end]))
            end++;
        var source = _text.AsSpan(_position, end - _position);
        // Normalising throws on this one noncharacter, which stands alone: it goes round it as a slice of its own.
        var special = source.IndexOf('\uFFFE');
        if (special >= 0)
            source = source[..Math.Max(special, 1)];
        _position += source.Length;
        _sliceIndex = 0;

        if (special == 0 || Ascii.IsValid(source))
        {
            Reserve(source.Length);
            source.CopyTo(_slice);
            _sliceLength = source.Length;
            return true;
        }

        Normalize(source);
        return true;
    }

    private void Normalize(ReadOnlySpan<char> source)
    {
        var whole = ArrayPool<char>.Shared.Rent(source.Length);
        source.CopyTo(whole);
        ReplaceLoneSurrogates(whole.AsSpan(0, source.Length));
        Reserve(source.Length * 2);
        while (!whole.AsSpan(0, source.Length).TryNormalize(_slice, out _sliceLength))
            Reserve(_slice.Length * 2);
        ArrayPool<char>.Shared.Return(whole);
    }

    private void Reserve(int length)
    {
        if (_slice.Length < length)
            _slice = new char[length];
    }

    // A slice may end before characters that neither compose with what stands before them nor change places with it:
    // everything below the combining marks, Han, Hangul syllables. Other scripts go on to the next such character,
    // in practice a blank or a full stop.
    private static bool StartsAlone(char c) => c is < '\u0300' or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    private static void ReplaceLoneSurrogates(Span<char> chars)
    {
        for (var i = 0; i < chars.Length; i++)
        {
            if (!char.IsSurrogate(chars[i]))
                continue;
            if (i + 1 < chars.Length && char.IsSurrogatePair(chars[i], chars[i + 1]))
                i++;
            else
                chars[i] = '\uFFFD';
        }
    }
}
