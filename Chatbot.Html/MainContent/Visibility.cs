using System.Collections.Frozen;

namespace Chatbot.Html;

/// <summary>
/// Tells what a browser would not show, as far as the markup alone says so, and not at a click either: tab panels and accordions
/// are content. Not safe for concurrent use.
/// </summary>
internal sealed class Visibility(Node root)
{
    // Pages hide their whole text until a script has run; that is no reason to lose it.
    private const double MostOfThePage = 0.5;

    // As the frameworks and page builders call what their scripts open, and reader.js reads of rendered pages.
    private static readonly FrozenSet<string> s_opened = new[]
    {
        "collapse", "accordion-collapse", "accordion-content", "accordion-body", "accordion-panel", "accordion__content", "accordion__panel", "panel-collapse", "ui-accordion-content",
        "tab-pane", "tab-panel", "tab-content", "tabs-panel", "ui-tabs-panel", "faq-answer", "faq__answer", "elementor-tab-content", "wp-block-details", "carousel-item", "swiper-slide", "slick-slide",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_openers = new[] { "accordion-button", "accordion-header", "accordion-title", "faq-question" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_targets = ["data-bs-target", "data-target", "data-toggle", "href"];

    private readonly Dictionary<Node, HashSet<Node>> _beside = [];
    private HashSet<string>? _controlled;

    public bool IsHidden(Node node, int pageLength)
    {
        if (node.Name is "body" or "main" or "article" or "html" || node.TextLength > pageLength * MostOfThePage) return false;
        if (node.Name is "dialog" && !node.Has("open")) return true;
        if (SaysHidden(node) && node.Attribute("hidden") != "until-found" && !IsOpenedByReader(node)) return true;
        // Scripts set it on what lies behind an open dialog, too: only small parts are taken at their word.
        return node.Attribute("aria-hidden") == "true" && node.TextLength < 200 && !HasHeading(node);
    }

    // Tab panels and accordions: hidden now, shown at a click.
    private bool IsOpenedByReader(Node node) =>
        node.Attribute("role") is "tabpanel" || (node.Has("aria-labelledby") && !node.Has("aria-modal")) || HasClass(node, s_opened)
        || (node.Id is { Length: > 0 } id && (_controlled ??= FindControlled(root)).Contains(id))
        || IsBesideOpener(node) || node.IsInside(n => n.Name == "details");

    private bool IsBesideOpener(Node node)
    {
        if (node.Parent is not { } parent) return false;
        if (!_beside.TryGetValue(parent, out var opened)) _beside.Add(parent, opened = FindBesideOpeners(parent));
        return opened.Contains(node);
    }

    // One pass over all children of an element: there may be a hundred thousand of them.
    private static HashSet<Node> FindBesideOpeners(Node parent)
    {
        var opened = new HashSet<Node>();
        // A row of headings, each with something hidden after it. After one alone it may be a message that is not due.
        var answers = new List<Node>();
        Node? before = null;
        foreach (var child in parent.Children)
        {
            if (child.IsText) continue;
            if (before is not null)
            {
                if (IsOpener(before)) opened.Add(child);
                if (child.Attribute("aria-expanded") == "false") opened.Add(before);
                if ((ElementKinds.IsHeading(before.Name) || before.Name == "dt") && SaysHidden(child)) answers.Add(child);
            }

            before = child;
        }

        if (answers.Count > 1) opened.UnionWith(answers);
        return opened;
    }

    private static bool SaysHidden(Node node) => node.Has("hidden") || (node.Attribute("style") is { } style && HidesBy(style));

    private static bool IsOpener(Node node) =>
        node.Has("aria-expanded") || node.Name is "summary" or "button" || node.Attribute("role") is "button" or "tab" || HasClass(node, s_openers)
        || (node.Children.Where(n => !n.IsText).Take(2).ToList() is [var only] && (only.Has("aria-expanded") || only.Name == "button" || only.Attribute("role") == "button"));

    /// <summary>The ids of what something on the page opens: buttons and tabs say so, and links within the page lead there.</summary>
    private static HashSet<string> FindControlled(Node root)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.DescendantsAndSelf())
        {
            if (node.IsText) continue;
            // What fields control is their list of suggestions.
            if (node.Name != "input" && node.Attribute("role") != "combobox" && node.Attribute("aria-controls") is { } controls)
                ids.UnionWith(controls.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var name in s_targets)
                if (node.Attribute(name) is { Length: > 1 } value && value[0] == '#') ids.Add(value[1..]);
        }

        return ids;
    }

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

    private static bool HasClass(Node node, FrozenSet<string> names)
    {
        if (node.Attribute("class") is not { Length: > 0 } all) return false;
        foreach (var name in all.AsSpan().SplitAny(' ', '\t', '\n', '\r', '\f'))
            if (names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(all.AsSpan(name))) return true;
        return false;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
