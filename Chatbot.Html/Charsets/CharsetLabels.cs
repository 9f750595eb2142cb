using System.Text;

namespace Chatbot.Html;

/// <summary>Names of encodings as pages write them. Follows the label table of encoding.spec.whatwg.org.</summary>
internal static class CharsetLabels
{
    static CharsetLabels()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Windows1252 = Encoding.GetEncoding(1252);
    }

    public static Encoding Windows1252 { get; }

    /// <returns>Null when the label is empty or unknown.</returns>
    public static Encoding? Resolve(string? label)
    {
        if (string.IsNullOrWhiteSpace(label)) return null;
        var name = label.Trim().Trim('"', '\'').ToLowerInvariant();
        try
        {
            return Standard(name) is { } codePage ? Encoding.GetEncoding(codePage) : Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Where the web's meaning differs from the registry's, or .NET lacks the name.
    private static int? Standard(string name) => name switch
    {
        "utf-8" or "utf8" or "unicode-1-1-utf-8" or "x-unicode20utf8" => 65001,
        "utf-16" or "utf-16le" or "unicode" or "ucs-2" => 1200,
        "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "latin1" or "latin-1" or "l1" or "ascii" or "us-ascii"
            or "ansi" or "cp1252" or "windows1252" or "x-cp1252" or "x-user-defined" => 1252,
        "iso-8859-9" or "iso8859-9" or "latin5" => 1254,
        "iso-8859-11" or "tis-620" or "dos-874" => 874,
        "iso-8859-8-i" or "logical" => 1255,
        "gb2312" or "gb_2312-80" or "gbk" or "x-gbk" or "cp936" or "chinese" => 54936,
        "big5" or "big5-hkscs" or "x-x-big5" or "cn-big5" => 950,
        "shift_jis" or "shift-jis" or "sjis" or "x-sjis" or "windows-31j" or "ms_kanji" => 932,
        "euc-kr" or "ks_c_5601-1987" or "ksc5601" or "korean" or "windows-949" => 949,
        "koi8-r" or "koi8" or "koi" => 20866,
        // UTF-7 lets text pass for markup and back; no browser reads it.
        "utf-7" => 1252,
        _ => null,
    };
}
