using System.Text;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Slides;

/// <summary>Text of paragraphs on slides.</summary>
internal static class SlideText
{
    public static string Of(XElement paragraph)
    {
        var text = new StringBuilder();
        Append(paragraph, text);
        return text.ToString().Trim();
    }

    /// <param name="type">"arabicPeriod", "alphaLcParenR", "romanUcParenBoth"…</param>
    public static string Label(string type, int number)
    {
        var format = type.Length > 7 && type.StartsWith("alpha", StringComparison.Ordinal) ? type[..7] : type.Length > 7 && type.StartsWith("roman", StringComparison.Ordinal) ? type[..7] : null;
        var written = ListNumbers.Write(number, format);
        if (type.EndsWith("ParenBoth", StringComparison.Ordinal)) return $"({written})";
        if (type.EndsWith("ParenR", StringComparison.Ordinal)) return $"{written})";
        return type.EndsWith("Plain", StringComparison.Ordinal) ? written : $"{written}.";
    }

    private static void Append(XElement parent, StringBuilder text)
    {
        foreach (var part in parent.Elements())
        {
            switch (part.Name.LocalName)
            {
                case "r" or "fld":
                    text.Append(part.Child("t")?.Value);
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "oMath" or "oMathPara":
                    foreach (var piece in part.Below("t")) text.Append(piece.Value);
                    break;
                case "m":
                    Append(part, text);
                    break;
                case "AlternateContent" when (part.Child("Choice") ?? part.Child("Fallback")) is { } chosen:
                    Append(chosen, text);
                    break;
            }
        }
    }
}
