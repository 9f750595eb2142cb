using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Chatbot.Html;

/// <summary>
/// Copies a document that declares shadow trees (<c>template shadowrootmode</c>), which browsers show without any script: each
/// in place of its host's own children, with these where a slot takes them.
/// </summary>
internal static class ShadowTrees
{
    /// <summary>Whether a page may have any; they are too rare to look for them in every tree.</summary>
    public static bool MayHave(string text) => text.Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase);

    public static Node Build(IHtmlDocument document)
    {
        var root = new Node(null, "#document", document.DocumentElement, "");
        var open = new Stack<Place>();
        open.Push(new Place([.. document.ChildNodes], root, 0, 0, null));
        while (open.TryPop(out var place))
        {
            for (var i = place.Index; i < place.Children.Count; i++)
            {
                var child = place.Children[i];
                if (child is IText text)
                {
                    place.Target.Add(new(place.Target, "", null, text.Data));
                    continue;
                }

                if (child is not IElement element) continue;
                var node = new Node(place.Target, element.LocalName, element, "");
                place.Target.Add(node);
                // Trees within trees come out deeper than the page is nested.
                if (place.Depth >= MarkupGuard.MaxDepth) continue;
                var (children, shadow) = ChildrenOf(element, place.Shadow);
                if (children.Count == 0) continue;
                open.Push(place with { Index = i + 1 });
                open.Push(new Place(children, node, 0, place.Depth + 1, shadow));
                break;
            }
        }

        return root;
    }

    private static (IReadOnlyList<INode> Children, Shadow? Shadow) ChildrenOf(IElement element, Shadow? shadow)
    {
        if (element.LocalName == "slot" && shadow?.Take(element.GetAttribute("name") ?? "") is { Count: > 0 } assigned) return (assigned, shadow.Outer);
        // A visitor sees a closed one as well as an open one.
        if (element.ShadowRoot is { } root) return ([.. root.ChildNodes], new Shadow(element, shadow));
        return element.HasChildNodes ? ([.. element.ChildNodes], shadow) : ([], shadow);
    }

    /// <param name="Index">The next child to copy.</param>
    private readonly record struct Place(IReadOnlyList<INode> Children, Node Target, int Index, int Depth, Shadow? Shadow);

    /// <summary>The tree that is being copied in place of a host's children.</summary>
    private sealed class Shadow(IElement host, Shadow? outer)
    {
        private Dictionary<string, List<INode>>? _slotted;

        public Shadow? Outer { get; } = outer;

        /// <summary>The host's own children that go to a slot; each goes to one.</summary>
        public List<INode>? Take(string slot)
        {
            _slotted ??= Sort();
            return _slotted.Remove(slot, out var nodes) ? nodes : null;
        }

        private Dictionary<string, List<INode>> Sort()
        {
            var sorted = new Dictionary<string, List<INode>>(StringComparer.Ordinal);
            foreach (var child in host.ChildNodes)
            {
                if (child is not (IText or IElement)) continue;
                var slot = (child as IElement)?.GetAttribute("slot") ?? "";
                if (!sorted.TryGetValue(slot, out var nodes)) sorted.Add(slot, nodes = []);
                nodes.Add(child);
            }

            return sorted;
        }
    }
}
