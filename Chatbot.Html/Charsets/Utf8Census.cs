using System.Buffers;
using System.Text;

namespace Chatbot.Html;

/// <summary>How many characters of more than one byte, and how many broken sequences, bytes have when read as UTF-8.</summary>
internal readonly record struct Utf8Census(int Multibyte, int Invalid)
{
    // Broken sequences must be outnumbered tenfold: in windows-1252 text nearly every accented letter is one.
    public bool LooksLikeUtf8 => Invalid == 0 || Multibyte >= Invalid * 10;

    public static Utf8Census Take(ReadOnlySpan<byte> body)
    {
        int multibyte = 0, invalid = 0;
        while (true)
        {
            var ascii = body.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) return new(multibyte, invalid);
            body = body[ascii..];
            switch (Rune.DecodeFromUtf8(body, out _, out var length))
            {
                case OperationStatus.Done: multibyte++; break;
                // Cut off at the very end: a body limit, not another encoding.
                case OperationStatus.NeedMoreData: return new(multibyte, invalid);
                default: invalid++; break;
            }

            body = body[length..];
        }
    }
}
