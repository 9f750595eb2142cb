using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.OpenText;

/// <summary>Styles of paragraphs and lists. Names of built-in styles are English whatever language the program speaks.</summary>
internal sealed class OpenTextStyles
{
    private const int MaxChain = 20;

    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _lists = new(StringComparer.Ordinal);

    public void Add(XElement? styles)
    {
        foreach (var style in styles?.Elements() ?? [])
        {
            if (style.Attr("name") is not { } name) continue;
            if (style.Is("style")) _styles.TryAdd(style.Attr("family") + "/" + name, style);
            else if (style.Is("list-style")) _lists.TryAdd(name, style);
        }
    }

    /// <summary>A paragraph's style or one that it is made from has this name.</summary>
    public bool Is(string? style, string name)
    {
        for (var steps = 0; steps < MaxChain && style is not null; steps++)
        {
            if (style == name) return true;
            style = _styles.GetValueOrDefault("paragraph/" + style).Attr("parent-style-name");
        }

        return false;
    }

    public bool IsHidden(string? textStyle) =>
        textStyle is not null && _styles.GetValueOrDefault("text/" + textStyle).Child("text-properties").Attr("display") == "none";

    public bool IsBold(string? style)
    {
        for (var steps = 0; steps < MaxChain && style is not null; steps++)
        {
            var found = _styles.GetValueOrDefault("paragraph/" + style) ?? _styles.GetValueOrDefault("text/" + style);
            if (found.Child("text-properties").Attr("font-weight") is { } weight) return weight is "bold" or "600" or "700" or "800" or "900";
            style = found.Attr("parent-style-name");
        }

        return false;
    }

    /// <param name="level">From 1.</param>
    /// <returns>How the level counts; null when it has bullets.</returns>
    public XElement? Numbers(string? list, int level) =>
        list is null ? null : _lists.GetValueOrDefault(list).Children("list-level-style-number").FirstOrDefault(style => style.Number("level") == level && style.Attr("num-format") is { Length: > 0 });
}
