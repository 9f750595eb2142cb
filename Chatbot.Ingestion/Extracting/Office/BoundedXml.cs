using System.Xml;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>
/// Reads XML of strangers: no document types, no other files, nothing nested without end, no tree larger than memory
/// should hold. Names are compared without their namespaces, of which office formats have two sets (transitional, strict).
/// </summary>
internal static class BoundedXml
{
    // Tables within tables within text boxes make about 60 in real files.
    private const int MaxDepth = 250;

    // About 300 MB of memory.
    private const int MaxNodes = 2_000_000;

    private const int MaxAttributes = 200;
    private const string Namespaces = "http://www.w3.org/2000/xmlns/";

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, s_settings);

    /// <summary>Goes to the first element of a name and gives what stands in it, one child at a time.</summary>
    public static IEnumerable<XElement> ChildrenOf(XmlReader reader, string container, CancellationToken cancellationToken)
    {
        while (reader.Read() && !(reader.NodeType == XmlNodeType.Element && reader.LocalName == container)) Guard(reader);
        if (reader.EOF || reader.IsEmptyElement) yield break;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
            if (reader.NodeType == XmlNodeType.Element) yield return ReadElement(reader, cancellationToken);
    }

    /// <summary>The element that the reader stands on; leaves the reader on its end.</summary>
    /// <exception cref="InvalidDataException">It is nested too deep, or too large.</exception>
    public static XElement ReadElement(XmlReader reader, CancellationToken cancellationToken)
    {
        XElement? open = null;
        var nodes = 0;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Guard(reader);
                    if (++nodes % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
                    var isEmpty = reader.IsEmptyElement;
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    nodes += ReadAttributes(reader, element);
                    if (nodes > MaxNodes) throw new InvalidDataException("An element has too many parts.");
                    open?.Add(element);
                    if (!isEmpty) open = element;
                    else if (open is null) return element;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    open?.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.EndElement:
                    if (open!.Parent is null) return open;
                    open = open.Parent;
                    break;
            }
        }
        while (reader.Read());
        throw new InvalidDataException("An element has no end.");
    }

    /// <exception cref="InvalidDataException">The reader is too deep in the tree.</exception>
    public static void Guard(XmlReader reader)
    {
        if (reader.Depth > MaxDepth) throw new InvalidDataException("Elements are nested too deep.");
    }

    private static int ReadAttributes(XmlReader reader, XElement element)
    {
        var count = 0;
        while (count < MaxAttributes && reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Namespaces) continue;
            element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
            count++;
        }

        reader.MoveToElement();
        return count;
    }
}
