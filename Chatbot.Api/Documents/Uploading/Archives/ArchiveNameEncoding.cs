using System.Text;

namespace Chatbot.Api.Documents.Uploading.Archives;

/// <summary>
/// Names in archives that do not say how they are written: UTF-8 where it can be that (macOS), else the code page 850 of
/// western DOS, which Windows' Explorer writes. Thread-safe.
/// </summary>
internal sealed class ArchiveNameEncoding : Encoding
{
    public static readonly ArchiveNameEncoding Instance = new();

    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(850)!;

    private ArchiveNameEncoding()
    {
    }

    public override string GetString(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count));

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(chars.AsSpan(charIndex));
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount;

    // Archives are only read.
    public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Dos.GetString(bytes);
        }
    }
}
