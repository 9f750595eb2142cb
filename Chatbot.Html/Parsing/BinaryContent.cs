namespace Chatbot.Html;

/// <summary>Tells text from what only is called so.</summary>
internal static class BinaryContent
{
    // As much as browsers look at to tell the kind of a body (mimesniff.spec.whatwg.org).
    private const int Looked = 1445;

    public static void Refuse(ReadOnlySpan<byte> body)
    {
        if (Signature(body) is { } kind) throw new NotHtmlException($"The page is no text but {kind}.");

        var start = body[..Math.Min(body.Length, Looked)];
        if (start.Length < 4 || ByteOrderMark.Find(start, out _) is not null || LooksLikeUtf16(start)) return;
        var control = 0;
        foreach (var value in start)
            if (value < 0x20 && value is not (0x09 or 0x0A or 0x0C or 0x0D or 0x1B)) control++;
        // Random bytes have 10 % of them; a page with a stray NUL has a few.
        if (control * 50 > start.Length) throw new NotHtmlException("The page is no text: too many control characters.");
    }

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> start) =>
        (start[0] == '<' && start[1] == 0 && start[3] == 0) || (start[0] == 0 && start[1] == '<' && start[2] == 0);

    private static string? Signature(ReadOnlySpan<byte> body) => body switch
    {
        _ when body.StartsWith("%PDF-"u8) => "a PDF",
        _ when body.StartsWith("PK\u0003\u0004"u8) => "a ZIP archive",
        _ when body.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) => "an image",
        _ when body.StartsWith("GIF8"u8) || body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "an image",
        _ when body.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => "compressed data",
        _ when body.StartsWith("\u007fELF"u8) => "a program",
        _ => null,
    };
}
