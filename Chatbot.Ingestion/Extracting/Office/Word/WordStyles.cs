using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>
/// Paragraph styles by id. Ids are translated ("berschrift1", "Titre1", "1"), the names of built-in styles are not
/// ("heading 1") whatever language the program speaks: ECMA-376 part 1, 17.7.4.9.
/// </summary>
internal sealed class WordStyles
{
    private const int MaxChain = 20;

    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Style> _known = new(StringComparer.Ordinal);
    private readonly string? _default;

    public WordStyles(XElement? root)
    {
        foreach (var style in root.Children("style"))
        {
            if (style.Attr("type") is not (null or "paragraph") || style.Attr("styleId") is not { } id) continue;
            _styles.TryAdd(id, style);
            if (XmlShortcuts.IsYes(style.Attr("default"))) _default ??= id;
        }
    }

    /// <param name="id">Null means the default style.</param>
    public Style Of(string? id)
    {
        if ((id ?? _default) is not { } key) return Style.Plain;
        if (_known.TryGetValue(key, out var known)) return known;
        return _known[key] = Find(key);
    }

    private Style Find(string key)
    {
        var names = new List<string>();
        int? outline = null;
        int? list = null;
        int? level = null;
        var isBold = false;
        XElement? style = null;
        for (var steps = 0; steps < MaxChain && key is not null && _styles.TryGetValue(key, out style); steps++)
        {
            names.Add((style.Child("name").Attr("val") ?? key).ToLowerInvariant());
            var properties = style.Child("pPr");
            outline ??= properties.Child("outlineLvl").Number("val");
            list ??= properties.Child("numPr").Child("numId").Number("val");
            level ??= properties.Child("numPr").Child("ilvl").Number("val");
            isBold |= style.Child("rPr").Child("b").IsOn();
            key = style.Child("basedOn").Attr("val")!;
        }

        if (names.Count == 0) names.Add(key!.ToLowerInvariant());
        // A style without a level of its own that is made from a heading is one.
        outline ??= names.Select(HeadingLevel).FirstOrDefault(found => found is not null);
        return new(names, outline is >= 0 and < 9 ? outline : null, list, level, isBold);
    }

    private static int? HeadingLevel(string name) =>
        name.StartsWith("heading ", StringComparison.Ordinal) && name.Length == 9 && name[8] is >= '1' and <= '9' ? name[8] - '1' : null;

    /// <param name="Names">Its own and those of the styles it is made from, in lower case.</param>
    /// <param name="Outline">Of a heading, from 0.</param>
    /// <param name="List">Numbering of its paragraphs.</param>
    internal sealed record Style(IReadOnlyList<string> Names, int? Outline, int? List, int? ListLevel, bool IsBold)
    {
        public static readonly Style Plain = new([""], null, null, null, false);

        public bool IsTitle => Names.Contains("title");

        // "toc 1", "toc heading", "table of figures", "index 1": where to find things, not what they are.
        public bool IsDirectory => Names[0].StartsWith("toc ", StringComparison.Ordinal) || Names[0] is "table of figures" or "index heading" || (Names[0].StartsWith("index ", StringComparison.Ordinal) && Names[0].Length == 7);

        public bool IsCaption => Names.Contains("caption");

        public bool IsQuote => Names.Contains("quote") || Names.Contains("intense quote");

        public bool IsCode => Names.Contains("html preformatted") || Names.Contains("source code") || Names.Contains("code");

        public bool IsListItem => Names.Any(name => name.StartsWith("list bullet", StringComparison.Ordinal) || name.StartsWith("list number", StringComparison.Ordinal));
    }
}
