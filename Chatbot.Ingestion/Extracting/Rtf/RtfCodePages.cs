using System.Text;

namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>Which characters the bytes of a font are.</summary>
internal static class RtfCodePages
{
    /// <summary>A font of signs, whose bytes are no letters.</summary>
    public const int Symbols = 2;

    /// <returns>Windows-1252 for what is not known.</returns>
    public static Encoding Of(int codePage)
    {
        try
        {
            return codePage is 65001 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Western;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Western;
        }
    }

    /// <summary>By the character set of a font; null for that of the document.</summary>
    public static int? OfCharset(int charset) => charset switch
    {
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => null,
    };

    private static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
}
