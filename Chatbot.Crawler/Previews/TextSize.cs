using System.Globalization;

namespace Chatbot.Crawler.Previews;

/// <summary>Sizes that are told from afar. Estimates: good to a fifth for prose, worse for tables and code.</summary>
internal static class TextSize
{
    /// <summary>A page of prose has about 500 words; a word is a token and a third.</summary>
    public const int TokensOfPdfPage = 650;

    /// <summary>Common tokenizers make a token of about four letters, and one of each one and a half ideographs.</summary>
    public static long Tokens(string text)
    {
        double tokens = 0;
        foreach (var character in text)
            tokens += character >= 0x2E80 && char.GetUnicodeCategory(character) == UnicodeCategory.OtherLetter ? 1 / 1.5 : 0.25;

        return (long)Math.Ceiling(tokens);
    }

    /// <summary>Of an office file by its packed size: text makes a token of about 8 bytes; what is large is so by its pictures.</summary>
    public static long OfficeTokens(int bytes) => Math.Min(bytes / 8, 40_000);

    /// <summary>Pages of a PDF: its page objects where they stand open, else by its size.</summary>
    public static int PdfPages(ReadOnlySpan<byte> pdf)
    {
        const int BytesOfPage = 60_000;
        var pages = 0;
        for (var rest = pdf; rest.IndexOf("/Type"u8) is >= 0 and var at;)
        {
            rest = rest[(at + 5)..];
            var value = rest.TrimStart(" \r\n\t"u8);
            // "/Page", but not "/Pages", the tree above them.
            if (value.StartsWith("/Page"u8) && (value.Length == 5 || !char.IsAsciiLetter((char)value[5])))
                pages++;
        }

        return pages > 0 ? pages : Math.Max(1, pdf.Length / BytesOfPage);
    }
}
