using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Finds the facts in what stands around the content of pages: address, telephone, e-mail, opening hours. Pure.</summary>
public static partial class FrameFacts
{
    private const int MostBlocks = 40;
    private const int LongestBlock = 600;

    // Of a region, in characters: a longer one is no footer.
    private const int LongestRegion = 6_000;

    // Characters from which on a block says something rather than naming it.
    private const int Sentence = 60;

    /// <summary>Those blocks that say a fact, each with the heading right above it.</summary>
    /// <param name="withSentences">Those that say anything else, too, if only they are no labels.</param>
    public static IReadOnlyList<Block> Of(IReadOnlyList<Block> blocks, bool withSentences)
    {
        var facts = new List<Block>();
        for (var i = 0; i < blocks.Count && facts.Count < MostBlocks; i++)
        {
            if (blocks[i].Kind is BlockKind.Heading or BlockKind.Code || !(IsFact(blocks[i].Text) || (withSentences && blocks[i].Text.Length >= Sentence))) continue;
            if (i > 0 && blocks[i - 1].Kind == BlockKind.Heading) facts.Add(blocks[i - 1]);
            facts.Add(blocks[i]);
        }

        return facts;
    }

    /// <summary>The facts of a page's headers and footers, once its content was found.</summary>
    internal static IReadOnlyList<Block> Of(Node root)
    {
        var body = root.Find("body") ?? root;
        var blocks = new List<Block>();
        var visibility = new Visibility(body);
        foreach (var region in body.DescendantsAndSelf())
        {
            if (region.IsText || !region.Dropped || region.IsInside(above => above.Dropped) || !IsRegion(region) || Hides(region)) continue;
            var writer = new BlockWriter(node => node.Name is "nav" or "form" or "dialog" || Hides(node));
            writer.Write(region);
            if (writer.Blocks.Sum(block => block.Text.Length) <= LongestRegion) blocks.AddRange(writer.Blocks);
        }

        return Of(blocks, withSentences: false);

        bool Hides(Node node) => visibility.IsHidden(node, int.MaxValue);
    }

    private static bool IsRegion(Node node) => node.Name is "header" or "footer" or "aside" or "address" or "div" or "section";

    private static bool IsFact(string text) => text.Length <= LongestBlock && (Email().IsMatch(text) || IsPhone(text) || IsHours(text) || Address().IsMatch(text));

    private static bool IsPhone(string text)
    {
        foreach (Match match in Phone().Matches(text))
        {
            var digits = match.Value.Count(char.IsAsciiDigit);
            // A number that is called one, or is written like nothing else.
            if (digits is >= 6 and <= 15 && (match.Value[0] is '+' || PhoneWord().IsMatch(text.AsSpan(0, match.Index)) || match.Value.StartsWith("00", StringComparison.Ordinal))) return true;
        }

        return false;
    }

    private static bool IsHours(string text) => Day().IsMatch(text) && Clock().IsMatch(text);

    [GeneratedRegex(@"[\p{L}\d._%+\-]{1,64}(?:@|\s?[\[(]at[\])]\s?)[\p{L}\d\-]{1,63}(?:\.[\p{L}\d\-]{1,63})*\.\p{L}{2,24}")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:\+|\(0|0|\b)\d[\d\s()/.\-–]{4,24}\d")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?:tel|phone|fon|call|ruf|hotline|fax|mobil|appel|téléphone|☎|电话|電話|传真)[^\d+]{0,30}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhoneWord();

    [GeneratedRegex(
        @"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?s?\b|\b(?:mo|di|mi|do|fr|sa|so)\b\.?|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|\b(?:daily|weekdays|täglich|werktags|quotidien)\b|星期|周[一二三四五六日]|每天",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?(?:uhr|am|pm|h)\b|\b\d{1,2}\s?[-–]\s?\d{1,2}\s?(?:uhr|am|pm|h)\b|closed|geschlossen|fermé", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    // Street and number before a place with its code, as in Germany or France; street words as in English; Chinese.
    [GeneratedRegex(
        @"\p{L}{3,}\.?\s?\d{1,4}\s?[a-z]?\s*[,·|\n•–-]?\s*(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{Lu}\p{L}+|\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|boulevard|place|quai)\b|\b\d{1,5}\s+(?:\p{Lu}\p{L}+\s){1,4}(?:street|st|road|rd|avenue|ave|lane|drive|square|way|boulevard|blvd)\b|\p{L}{2,}[路街道]\d{1,5}号",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
