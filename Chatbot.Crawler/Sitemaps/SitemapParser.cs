using System.Text;
using System.Xml;

namespace Chatbot.Crawler.Sitemaps;

/// <summary>
/// Reads sitemaps, sitemap indexes, lists of addresses in plain text, RSS 0.9 to 2.0 and Atom. Declarations of types and
/// entities are passed over, nothing is loaded, and what is damaged counts up to the damage.
/// </summary>
internal static class SitemapParser
{
    /// <summary>Addresses of one file (sitemaps.org: 50,000 in a sitemap or an index).</summary>
    public const int MaxEntries = 50_000;

    /// <summary>Bytes of one file, decompressed (sitemaps.org: 50 MB).</summary>
    public const int MaxBytes = 52_428_800;

    private static readonly XmlReaderSettings s_settings = new()
    {
        // Old feeds declare a type, so it is no error; entities it declares are not known afterwards, and that is one.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    public static SitemapContent Parse(ReadOnlyMemory<byte> body)
    {
        var start = SkipBlank(body.Span);
        if (start == body.Length)
            return new SitemapContent([], [], "it is empty");

        var isUtf16 = body.Length > 1 && (body.Span[0], body.Span[1]) is (0xFF, 0xFE) or (0xFE, 0xFF);
        // A blank before the XML declaration is an error to the letter, and common.
        return isUtf16 || body.Span[start] == (byte)'<' ? ParseXml(isUtf16 ? body : body[start..]) : ParseText(body.Span[start..]);
    }

    private static SitemapContent ParseXml(ReadOnlyMemory<byte> body)
    {
        var (pages, sitemaps) = (new List<SitemapEntry>(), new List<SitemapEntry>());
        string? problem = null;
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, s_settings);
            problem = Read(reader, pages, sitemaps);
        }
        catch (XmlException error)
        {
            problem = $"line {error.LineNumber}: {error.Message}";
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            problem = error.Message;
        }

        return new SitemapContent(pages, sitemaps, problem);
    }

    private static string? Read(XmlReader reader, List<SitemapEntry> pages, List<SitemapEntry> sitemaps)
    {
        if (reader.MoveToContent() != XmlNodeType.Element)
            return "it has no content";

        // By their names alone: sitemaps with a misspelt namespace are common, and every search engine reads them.
        var (entry, target) = reader.LocalName switch
        {
            "urlset" => ("url", pages),
            "sitemapindex" => ("sitemap", sitemaps),
            "rss" or "RDF" => ("item", pages),
            "feed" => ("entry", pages),
            _ => ("", pages),
        };
        if (entry.Length == 0)
            return $"<{reader.LocalName}> is neither a sitemap nor a feed";

        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != entry)
                continue;

            ReadEntry(reader, target);
            if (target.Count >= MaxEntries)
            {
                target.RemoveRange(MaxEntries, target.Count - MaxEntries);
                return $"more than {MaxEntries} addresses";
            }
        }

        return null;
    }

    private static void ReadEntry(XmlReader reader, List<SitemapEntry> entries)
    {
        if (reader.IsEmptyElement)
            return;

        var depth = reader.Depth;
        var alternates = new List<string>();
        string? url = null, permalink = null, date = null;
        reader.Read();
        while (reader.Depth > depth)
        {
            // Direct children only: <image:loc> and the like stand deeper, and are no pages.
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
            {
                reader.Read();
                continue;
            }

            switch (reader.LocalName)
            {
                case "link" when reader.GetAttribute("href") is { } href:
                    var rel = reader.GetAttribute("rel") ?? "alternate";
                    // It may stand before the address itself.
                    if (reader.GetAttribute("hreflang") is not null)
                        alternates.Add(href);
                    else if (rel == "alternate")
                        url ??= href;
                    reader.Skip();
                    break;
                case "loc" or "link":
                    var text = Text(reader);
                    url ??= text;
                    break;
                case "guid":
                    var isPermalink = reader.GetAttribute("isPermaLink") is not "false";
                    var guid = Text(reader);
                    permalink = isPermalink ? guid : null;
                    break;
                case "lastmod" or "updated" or "pubDate" or "date" or "modified":
                    date = Text(reader);
                    break;
                case "published":
                    var published = Text(reader);
                    date ??= published;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var modified = SitemapDates.Read(date);
        if ((url ?? permalink) is { Length: > 0 } address)
            entries.Add(new SitemapEntry(address, modified));
        // The same page in other languages; when these changed nobody said.
        foreach (var alternate in alternates)
            entries.Add(new SitemapEntry(alternate, null));
    }

    // Leaves the reader behind the element.
    private static string Text(XmlReader reader)
    {
        var text = new StringBuilder();
        using (var inner = reader.ReadSubtree())
        {
            while (inner.Read())
                if (inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < 8_000)
                    text.Append(inner.Value);
        }

        reader.Read();
        return text.ToString().Trim();
    }

    private static SitemapContent ParseText(ReadOnlySpan<byte> body)
    {
        var pages = new List<SitemapEntry>();
        foreach (var line in Encoding.UTF8.GetString(body).AsSpan().EnumerateLines())
        {
            var url = line.Trim();
            if (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                pages.Add(new SitemapEntry(url.ToString(), null));
            if (pages.Count >= MaxEntries)
                return new SitemapContent(pages, [], $"more than {MaxEntries} addresses");
        }

        return new SitemapContent(pages, [], pages.Count == 0 ? "it names no address" : null);
    }

    private static int SkipBlank(ReadOnlySpan<byte> body)
    {
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (start < body.Length && body[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            start++;

        return start;
    }
}
