using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>
/// Reads what <c>pdftohtml -xml</c> writes, a page at a time. Its output is a line for each element and not always well
/// formed, so it is read by lines and not by an XML parser.
/// </summary>
internal sealed partial class XmlReading
{
    // The scale it is asked to write in: sizes of fonts are whole numbers there.
    public const double Zoom = 3;

    // No page for people has more; what a hostile one has beyond is dropped.
    private const int MostRuns = 20_000;

    private const int MostMissing = 10_000;

    private const int MostLinks = 10_000;

    private readonly Dictionary<int, Font> _fonts = [];
    private readonly XmlPages _result = new([], [], []);
    private readonly List<TextLink> _found = [];
    private readonly List<(LinkedText Line, int Font)> _lines = [];

    // Of each font the characters of the page that no link is on.
    private readonly Dictionary<int, int> _plain = [];
    private List<TextRun> _runs = [];
    private double _width;
    private double _height;
    private int _number;
    private int _depth;

    public static async Task<XmlPages> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var reading = new XmlReading();
        using var lines = new LineSource(output);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            // A character of a font without a proper map may be a line break.
            for (var more = 0; more < 50 && line.StartsWith("<text ", StringComparison.Ordinal) && !line.EndsWith("</text>", StringComparison.Ordinal); more++)
            {
                if (await lines.ReadAsync(cancellationToken) is not { } next) break;
                line += ' ' + next;
            }

            reading.Take(line.AsSpan().TrimStart());
        }

        return reading._result;
    }

    private void Take(ReadOnlySpan<char> line)
    {
        // poppler 22 writes this for each link within the document, in front of the page that holds them.
        if (line.StartsWith("link to page ")) line = line.IndexOf('<') is var element and >= 0 ? line[element..] : [];
        if (line.StartsWith("<text ")) AddRun(line);
        else if (line.StartsWith("<fontspec ")) _fonts[(int)Number(line, "id")] = new(Number(line, "size") / Zoom, IsMono(Attribute(line, "family")));
        else if (line.StartsWith("<page ")) (_number, _width, _height) = ((int)Number(line, "number"), Number(line, "width") / Zoom, Number(line, "height") / Zoom);
        else if (line.StartsWith("</page>")) EndPage();
        else if (line.StartsWith("<outline>")) _depth++;
        else if (line.StartsWith("</outline>")) _depth--;
        else if (line.StartsWith("<item ")) AddOutline(line);
    }

    private void AddRun(ReadOnlySpan<char> line)
    {
        var open = line.IndexOf('>');
        if (open < 0 || _runs.Count >= MostRuns) return;
        var head = line[..open];
        var inner = line[(open + 1)..];
        if (inner.EndsWith("</text>")) inner = inner[..^"</text>".Length];
        _found.Clear();
        var text = Plain(inner, _found);
        if (string.IsNullOrWhiteSpace(text)) return;
        var number = (int)Number(head, "font");
        if (_found.Count == 0) _plain[number] = _plain.GetValueOrDefault(number) + text.Length;
        else if (_result.Links.Count + _lines.Count < MostLinks) _lines.Add((new(text, [.. _found]), number));
        var font = _fonts.GetValueOrDefault(number, new Font(10, false));
        double left = Number(head, "left") / Zoom, top = Number(head, "top") / Zoom, width = Number(head, "width") / Zoom, height = Number(head, "height") / Zoom;
        var size = font.Size > 0 ? font.Size : height / 1.2;
        _runs.Add(new(text, left, top, left + width, top + height, Math.Max(size, 0.5), inner.StartsWith("<b>") || inner.StartsWith("<i><b>"), font.Mono));
    }

    private void EndPage()
    {
        // Pages it could not read are missing: they are empty.
        _number = Math.Clamp(_number, _result.Pages.Count + 1, _result.Pages.Count + MostMissing);
        while (_result.Pages.Count + 1 < _number) _result.Pages.Add(new(_result.Pages.Count + 1, _width, _height, []));
        _result.Pages.Add(new(_number, _width, _height, _runs));
        foreach (var line in Own(_lines, _plain.Count == 0 ? -1 : _plain.MaxBy(font => font.Value).Key)) _result.Links.Add((_number, line));
        _lines.Clear();
        _plain.Clear();
        _runs = [];
    }

    // poppler has a link on what its rectangle touches, the next words too. Where its own stand out by their type, mostly by its
    // colour, those in the type of the page are others.
    private static IEnumerable<LinkedText> Own(List<(LinkedText Line, int Font)> lines, int plain)
    {
        for (int first = 0, end; first < lines.Count; first = end)
        {
            end = first + 1;
            while (end < lines.Count && lines[end].Line.Links[0].Url == lines[first].Line.Links[^1].Url) end++;
            var some = lines[first..end];
            var isMarked = some.Exists(line => line.Font != plain);
            foreach (var (line, font) in some)
                if (!isMarked || font != plain) yield return line;
        }
    }

    private void AddOutline(ReadOnlySpan<char> line)
    {
        var open = line.IndexOf('>');
        var close = line.LastIndexOf("</item>");
        if (open < 0 || close < open || _result.Outline.Count >= MostRuns) return;
        var title = Plain(line[(open + 1)..close], null).Trim();
        if (title.Length > 0) _result.Outline.Add(new(title, Math.Max(_depth, 1), (int)Number(line[..open], "page")));
    }

    /// <param name="links">Takes those to addresses of the web; those within the file lead readers nowhere.</param>
    private static string Plain(ReadOnlySpan<char> inner, List<TextLink>? links)
    {
        if (inner.IndexOfAny('<', '&') < 0) return new string(inner);
        var text = new StringBuilder(inner.Length);
        (int Start, string Url)? open = null;
        while (inner.IndexOf('<') is var tag and >= 0)
        {
            text.Append(WebUtility.HtmlDecode(new string(inner[..tag])));
            var end = inner[tag..].IndexOf('>');
            // "<" within text is written as an entity, so this is a tag: of bold, italics or a link.
            var element = end < 0 ? inner[tag..] : inner.Slice(tag, end);
            if (element.StartsWith("<a ")) open = Address(Attribute(element, "href")) is { } url ? (text.Length, url) : null;
            else if (element.StartsWith("</a") && open is var (start, target))
            {
                if (text.Length > start) links?.Add(Narrow(text.ToString(start, text.Length - start), start, target));
                open = null;
            }

            inner = end < 0 ? [] : inner[(tag + end + 1)..];
        }

        return text.Append(WebUtility.HtmlDecode(new string(inner))).ToString();
    }

    // poppler has a link on all that was drawn at once, a whole line perhaps; where the address is written there, it is that.
    private static TextLink Narrow(string words, int start, string target)
    {
        foreach (var written in (string[])[target, target.TrimEnd('/'), target[(target.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim('/')])
            if (written.Length > 3 && words.IndexOf(written, StringComparison.OrdinalIgnoreCase) is var at and >= 0) return new(start + at, written.Length, target);
        return new(start, words.Length, target);
    }

    // Pages of the file are names of files that pdftohtml would have written. What is relative, other files above all, is so to
    // where the document comes from.
    private static string? Address(ReadOnlySpan<char> reference)
    {
        if (LinkTarget.Clean(WebUtility.HtmlDecode(new string(reference))) is not { } text || PageOfFile().IsMatch(text)) return null;
        return LinkTarget.IsAbsolute(text) ? LinkTarget.Resolve(null, text) : text;
    }

    private static double Number(ReadOnlySpan<char> element, string name) =>
        double.TryParse(Attribute(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : 0;

    private static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> element, string name)
    {
        for (var from = 0; element[from..].IndexOf(name) is var found and >= 0; from += found + name.Length)
        {
            var at = from + found;
            var value = element[(at + name.Length)..];
            if (at == 0 || element[at - 1] != ' ' || !value.StartsWith("=\"")) continue;
            value = value[2..];
            var end = value.IndexOf('"');
            return end < 0 ? value : value[..end];
        }

        return [];
    }

    private static bool IsMono(ReadOnlySpan<char> family) =>
        family.Contains("Mono", StringComparison.OrdinalIgnoreCase) || family.Contains("Courier", StringComparison.OrdinalIgnoreCase)
        || family.Contains("Consolas", StringComparison.OrdinalIgnoreCase) || family.Contains("CMTT", StringComparison.Ordinal);

    [GeneratedRegex(@"^chatbot-[0-9a-f-]{36}\.html#\d+\z")]
    private static partial Regex PageOfFile();

    private readonly record struct Font(double Size, bool Mono);
}
