using System.Collections.Frozen;

namespace Chatbot.Html;

/// <summary>Looks for <see cref="ScriptSigns"/> in a page.</summary>
internal static class ScriptSignReader
{
    // Characters that an element may have and still count as empty: "Loading…".
    private const int Nearly = 40;

    // The mounting points of the common frameworks and their starters.
    private static readonly FrozenSet<string> s_roots = new[]
    {
        "root", "app", "__next", "__nuxt", "___gatsby", "gatsby-focus-wrapper", "svelte", "react-root", "reactroot", "react-app", "vue-app", "ember-app", "main-app",
        "app-root", "approot", "application", "mount", "elm", "q-app", "wasm", "blazor", "__docusaurus", "main_app", "spa",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_waiting = ["loading", "loader", "spinner", "skeleton", "placeholder-glow", "lazyload", "shimmer"];

    public static ScriptSigns Read(Node root)
    {
        var scripts = 0;
        var asks = false;
        string? emptyRoot = null;
        string? placeholder = null;
        foreach (var node in root.DescendantsAndSelf())
        {
            if (node.IsText) continue;
            switch (node.Name)
            {
                case "script":
                    scripts += Runs(node) ? 1 : 0;
                    continue;
                case "noscript":
                    asks |= node.Parent?.Name != "head" && Text(node).Contains("javascript", StringComparison.OrdinalIgnoreCase);
                    continue;
            }

            if (emptyRoot is null && IsRoot(node) && HasAtMost(node, Nearly)) emptyRoot = NameOf(node);
            if (placeholder is null && Waits(node)) placeholder = NameOf(node);
        }

        return new ScriptSigns { Scripts = scripts, EmptyRoot = emptyRoot, AsksForScripts = asks, Placeholder = placeholder };
    }

    private static bool Runs(Node script) => script.Attribute("type")?.Trim().ToLowerInvariant() switch
    {
        null or "" or "module" or "text/javascript" or "application/javascript" or "text/ecmascript" or "application/ecmascript" => true,
        _ => false,
    };

    private static bool IsRoot(Node node) =>
        (node.Name is "div" or "main" or "section" or "body" && node.Id is { } id && s_roots.Contains(id.Trim()))
        || node.Has("ng-app") || node.Has("data-ng-app") || node.Has("data-reactroot") || node.Has("ng-version") || s_roots.Contains(node.Name);

    private static bool Waits(Node node)
    {
        if (node.IsInside(n => n.Name is "header" or "footer" or "nav" or "head" or "aside" or "noscript" or "template" or "svg" or "button")) return false;
        if (node.Attribute("aria-busy") == "true") return true;
        // A component's text may be in its shadow tree; one that has text of its own is read without.
        if (node.Name.Contains('-', StringComparison.Ordinal) && HasAtMost(node, 0)) return true;
        if (node.Name is not ("div" or "section" or "main" or "ul" or "ol" or "tbody" or "article" or "span" or "p")) return false;
        if (node.Attribute("class") is { } names && s_waiting.Any(word => names.Contains(word, StringComparison.OrdinalIgnoreCase)) && HasAtMost(node, Nearly)) return true;

        return node.Name is "div" or "section" or "main" or "ul" or "tbody" && node.Children.Count == 0
            && (node.Id is { Length: > 0 } || DataSource(node)) && node.IsInside(n => n.Name is "main" or "article" || n.Attribute("role") == "main");
    }

    private static bool DataSource(Node node) =>
        node.Has("data-src") || node.Has("data-url") || node.Has("data-source") || node.Has("data-endpoint") || node.Has("data-api") || node.Has("data-component") || node.Has("data-widget") || node.Has("data-props");

    private static bool HasAtMost(Node node, int characters)
    {
        foreach (var below in node.DescendantsAndSelf())
        {
            if (!below.IsText || below.Parent?.Name is "script" or "style" or "noscript" or "template") continue;
            if (below.Parent is not null && below.IsInside(n => n.Name == "noscript")) continue;
            characters -= below.Text.AsSpan().Trim().Length;
            if (characters < 0) return false;
        }

        return true;
    }

    private static string Text(Node node) => string.Concat(node.DescendantsAndSelf().Select(n => n.Text));

    private static string NameOf(Node node) => node.Id is { Length: > 0 and < 60 } id ? "#" + id : $"<{(node.Name.Length < 60 ? node.Name : "…")}>";
}
