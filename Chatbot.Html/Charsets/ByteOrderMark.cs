using System.Text;

namespace Chatbot.Html;

internal static class ByteOrderMark
{
    public static Encoding? Find(ReadOnlySpan<byte> body, out int length)
    {
        length = 3;
        if (body.StartsWith("\uFEFF"u8)) return Encoding.UTF8;
        length = 2;
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        length = 0;
        return null;
    }
}
