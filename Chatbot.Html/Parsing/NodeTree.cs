using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Chatbot.Html;

/// <summary>Copies a document into <see cref="Node"/>s, without recursion.</summary>
internal static class NodeTree
{
    public static Node Build(IHtmlDocument document)
    {
        var root = new Node(null, "#document", document.DocumentElement, "");
        var open = new Stack<(INode Source, Node Target, int Index)>();
        open.Push((document, root, 0));
        while (open.TryPop(out var place))
        {
            var children = place.Source.ChildNodes;
            for (var i = place.Index; i < children.Length; i++)
            {
                var child = children[i];
                if (child is IText text)
                {
                    place.Target.Add(new(place.Target, "", null, text.Data));
                    continue;
                }

                if (child is not IElement element) continue;
                var node = new Node(place.Target, element.LocalName, element, "");
                place.Target.Add(node);
                if (!element.HasChildNodes) continue;
                open.Push((place.Source, place.Target, i + 1));
                open.Push((element, node, 0));
                break;
            }
        }

        return root;
    }
}
