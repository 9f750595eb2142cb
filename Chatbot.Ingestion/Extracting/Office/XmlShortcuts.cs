using System.Globalization;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>Elements and attributes by their local names.</summary>
internal static class XmlShortcuts
{
    public static bool Is(this XElement element, string name) => element.Name.LocalName == name;

    public static XElement? Child(this XElement? element, string name)
    {
        foreach (var child in element?.Elements() ?? [])
            if (child.Is(name)) return child;
        return null;
    }

    public static IEnumerable<XElement> Children(this XElement? element, string name) => element?.Elements().Where(child => child.Is(name)) ?? [];

    public static IEnumerable<XElement> Below(this XElement? element, string name) => element?.Descendants().Where(child => child.Is(name)) ?? [];

    public static string? Attr(this XElement? element, string name)
    {
        for (var attribute = element?.FirstAttribute; attribute is not null; attribute = attribute.NextAttribute)
            if (attribute.Name.LocalName == name && !IsRelation(attribute)) return attribute.Value;
        return null;
    }

    /// <summary>A relationship id (<c>r:id</c>, <c>r:dm</c>); <c>id</c> alone may be something else.</summary>
    public static string? RelationAttr(this XElement? element, string name)
    {
        for (var attribute = element?.FirstAttribute; attribute is not null; attribute = attribute.NextAttribute)
            if (attribute.Name.LocalName == name && IsRelation(attribute)) return attribute.Value;
        return null;
    }

    public static int? Number(this XElement? element, string name) =>
        int.TryParse(element.Attr(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A switch: there and not "false", "0" or "off".</summary>
    public static bool IsOn(this XElement? element) => element is not null && IsYes(element.Attr("val") ?? "1");

    public static bool IsYes(string? value) => value is "1" or "true" or "on" or "t";

    private static bool IsRelation(XAttribute attribute) => attribute.Name.NamespaceName.EndsWith("/relationships", StringComparison.Ordinal);
}
