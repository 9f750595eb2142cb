namespace Chatbot.Html;

/// <summary>Tells what a browser would not show, as far as the markup alone says so.</summary>
internal static class Visibility
{
    // Pages hide their whole text until a script has run; that is no reason to lose it.
    private const double MostOfThePage = 0.5;

    public static bool IsHidden(Node node, int pageLength)
    {
        if (node.Name is "body" or "main" or "article" or "html" || node.TextLength > pageLength * MostOfThePage) return false;
        if (node.Name is "dialog" && !node.Has("open")) return true;
        if (node.Has("hidden") && node.Attribute("hidden") != "until-found" && !IsOpenedByReader(node)) return true;
        if (node.Attribute("style") is { } style && HidesBy(style) && !IsOpenedByReader(node)) return true;
        // Scripts set it on what lies behind an open dialog, too: only small parts are taken at their word.
        return node.Attribute("aria-hidden") == "true" && node.TextLength < 200 && !HasHeading(node);
    }

    // Tab panels and accordions: hidden now, shown at a click.
    private static bool IsOpenedByReader(Node node) =>
        node.Attribute("role") is "tabpanel" || node.Has("aria-labelledby") || node.IsInside(n => n.Name == "details");

    private static bool HidesBy(string style)
    {
        if (!style.Contains("none", StringComparison.OrdinalIgnoreCase) && !style.Contains("hidden", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var rule in style.Split(';'))
        {
            var colon = rule.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var (name, value) = (rule[..colon].Trim(), rule[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim());
            if (Is(name, "display") && Is(value, "none")) return true;
            if (Is(name, "visibility") && Is(value, "hidden")) return true;
        }

        return false;
    }

    private static bool HasHeading(Node node) => node.DescendantsAndSelf().Any(n => ElementKinds.IsHeading(n.Name));

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
