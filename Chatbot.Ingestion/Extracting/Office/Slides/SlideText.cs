using System.Text;
using System.Xml.Linq;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Slides;

/// <summary>Text of paragraphs on slides.</summary>
internal static class SlideText
{
    private static readonly Dictionary<string, string> NoTargets = [];

    public static string Of(XElement paragraph) => Of(paragraph, NoTargets).Text;

    /// <param name="targets">Where links lead, by the id of their relationship.</param>
    public static LinkedText Of(XElement paragraph, IReadOnlyDictionary<string, string> targets)
    {
        var text = new StringBuilder();
        var links = new List<TextLink>();
        Append(paragraph, text, targets, links);
        var all = text.ToString();
        var words = all.Trim();
        return new(words, [.. TextLinks.Within(links, all.Length - all.TrimStart().Length, words.Length)]);
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

    private static void Append(XElement parent, StringBuilder text, IReadOnlyDictionary<string, string> targets, List<TextLink> links)
    {
        foreach (var part in parent.Elements())
        {
            switch (part.Name.LocalName)
            {
                case "r" or "fld":
                    var start = text.Length;
                    text.Append(part.Child("t")?.Value);
                    if (text.Length > start && part.Child("rPr").Child("hlinkClick").RelationAttr("id") is { } id && targets.TryGetValue(id, out var target)) Link(links, start, text.Length, target);
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "oMath" or "oMathPara":
                    foreach (var piece in part.Below("t")) text.Append(piece.Value);
                    break;
                case "m":
                    Append(part, text, targets, links);
                    break;
                case "AlternateContent" when (part.Child("Choice") ?? part.Child("Fallback")) is { } chosen:
                    Append(chosen, text, targets, links);
                    break;
            }
        }
    }

    // The words of one link may be several runs.
    private static void Link(List<TextLink> links, int start, int end, string target)
    {
        if (links is [.., var last] && last.Url == target && last.Start + last.Length == start) links[^1] = last with { Length = end - last.Start };
        else links.Add(new(start, end - start, target));
    }
}
