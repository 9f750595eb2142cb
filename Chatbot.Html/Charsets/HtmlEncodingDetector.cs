using System.Text;

namespace Chatbot.Html;

/// <summary>
/// Tells how the bytes of a page become characters, in the order of the HTML standard: byte order mark,
/// HTTP header, <c>meta</c> in the first 1,024 bytes; without any of them UTF-8 if the bytes allow it, else windows-1252.
/// A declaration that the bytes contradict is not believed. Thread-safe.
/// </summary>
public static class HtmlEncodingDetector
{
    /// <param name="contentTypeCharset">The <c>charset</c> of the Content-Type header, null when it had none.</param>
    /// <returns>Never throws on bad bytes: the encoding puts U+FFFD in their place.</returns>
    public static Encoding Detect(ReadOnlySpan<byte> body, string? contentTypeCharset)
    {
        if (ByteOrderMark.Find(body, out _) is { } marked) return marked;

        var header = CharsetLabels.Resolve(contentTypeCharset);
        var meta = MetaCharset.Find(body[..Math.Min(body.Length, MetaCharset.PrescanLength)]);
        if ((header ?? meta) is not { } declared) return Guess(body);
        return declared.CodePage == Encoding.UTF8.CodePage
            ? TrustUtf8(body, header is null || meta is null || IsUtf8(meta) ? null : meta)
            : TrustOther(body, declared);
    }

    /// <summary>Decodes a page; a byte order mark is not part of the text.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentTypeCharset)
    {
        var encoding = Detect(body, contentTypeCharset);
        _ = ByteOrderMark.Find(body, out var length);
        return encoding.GetString(body[length..]);
    }

    private static Encoding Guess(ReadOnlySpan<byte> body)
    {
        if (Utf16WithoutMark(body) is { } utf16) return utf16;
        var census = Utf8Census.Take(body);
        return census.LooksLikeUtf8 ? Encoding.UTF8 : CharsetLabels.Windows1252;
    }

    private static Encoding TrustUtf8(ReadOnlySpan<byte> body, Encoding? other)
    {
        // A few broken sequences (a cut string, a pasted byte) do not make a page another encoding.
        if (Utf8Census.Take(body).LooksLikeUtf8) return Encoding.UTF8;
        return other ?? CharsetLabels.Windows1252;
    }

    private static Encoding TrustOther(ReadOnlySpan<byte> body, Encoding declared)
    {
        // Text in a single-byte encoding is next to never valid UTF-8 by accident; a template that says
        // iso-8859-1 over UTF-8 content is common.
        if (!declared.IsSingleByte) return declared;
        var census = Utf8Census.Take(body);
        return census is { Multibyte: > 0, Invalid: 0 } ? Encoding.UTF8 : declared;
    }

    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4) return null;
        if (body[0] == '<' && body[1] == 0 && body[2] != 0 && body[3] == 0) return Encoding.Unicode;
        if (body[0] == 0 && body[1] == '<' && body[2] == 0 && body[3] != 0) return Encoding.BigEndianUnicode;
        return null;
    }

    private static bool IsUtf8(Encoding encoding) => encoding.CodePage == Encoding.UTF8.CodePage;
}
