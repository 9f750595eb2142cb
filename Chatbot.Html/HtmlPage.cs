using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>
/// A page, parsed once: what the crawler (links, robots) and the ingestion (text) want of it.
/// Keeps the parsed tree, so let it go when done. Not safe for concurrent use.
/// </summary>
public sealed class HtmlPage
{
    /// <summary>Changes whenever <see cref="Extract"/> may give another result for the same bytes.</summary>
    public const string ExtractorVersion = "html/5";

    private readonly Node root;
    private readonly DocumentReader read;
    private Extraction? extraction;

    private HtmlPage(Node root, Uri url)
    {
        this.root = root;
        read = DocumentReader.Read(root, url, out var baseUrl);
        BaseUrl = baseUrl;
    }

    /// <summary>What the page is called: <c>og:title</c>, its <c>h1</c> or <c>title</c> without the site's name; null when it has none.</summary>
    public string? Title => Extract().Title;

    /// <summary>Two-letter code as declared or else detected; null when it could not be told.</summary>
    public string? Language => Extract().Language;

    /// <summary>Absolute URL the page itself names as the one to cite; null when it names none. It may be on another host.</summary>
    public string? CanonicalUrl => read.Links.Canonical;

    /// <summary>What relative URLs are relative to.</summary>
    public Uri BaseUrl { get; }

    /// <summary>By <c>meta name=robots</c>, and by one with the name of a robot; the header's come from <see cref="RobotsDirectives.FromHeader"/>.</summary>
    /// <param name="agent">The name of this robot, as in robots.txt.</param>
    public RobotsDirectives RobotsFor(string agent) => read.Robots.And(RobotsDirectives.Parse(read.Meta(agent)));

    /// <summary>Where the page leads by itself (<c>meta http-equiv=refresh</c>); null when it stays.</summary>
    public HtmlRefresh? Refresh => read.Refresh;

    /// <summary>Links of <c>a</c>, <c>area</c>, what is shown within the page (<c>iframe</c>, <c>object</c>, <c>embed</c>), alternates in other languages, next and previous pages, distinct, in document order.</summary>
    public IReadOnlyList<HtmlLink> Links => read.Links.Links;

    public IReadOnlyList<HtmlAlternate> Alternates => read.Links.Alternates;

    /// <summary>RSS and Atom feeds that the page names, absolute, distinct, in document order.</summary>
    public IReadOnlyList<string> Feeds => read.Links.Feeds;

    /// <summary>What tells of the page's need for scripts; worked out at each call.</summary>
    public ScriptSigns ReadScriptSigns() => ScriptSignReader.Read(root);

    /// <param name="contentTypeCharset">The <c>charset</c> of the Content-Type header, null when it had none.</param>
    /// <param name="url">Where the page was found, after redirects.</param>
    /// <exception cref="NotHtmlException">The bytes are no text.</exception>
    public static HtmlPage Parse(ReadOnlyMemory<byte> body, string? contentTypeCharset, Uri url, CancellationToken cancellationToken)
    {
        BinaryContent.Refuse(body.Span);
        var text = HtmlEncodingDetector.Decode(body.Span, contentTypeCharset);
        var document = DocumentParser.Parse(text, cancellationToken);
        return new(ShadowTrees.MayHave(text) ? ShadowTrees.Build(document) : NodeTree.Build(document), url);
    }

    /// <summary>The characters of a page, decoded as browsers do it.</summary>
    public static string Decode(ReadOnlyMemory<byte> body, string? contentTypeCharset) => HtmlEncodingDetector.Decode(body.Span, contentTypeCharset);

    /// <summary>
    /// The main content as blocks, without navigation and boilerplate; worked out at the first call. Its links are as they are
    /// written, for <see cref="Extraction.At"/>.
    /// </summary>
    public Extraction Extract() => extraction ??= PageExtractor.Extract(root, read);

    /// <summary>What the page says outside of its main content, in header and footer, of address, telephone, e-mail and opening hours; worked out at each call.</summary>
    public IReadOnlyList<Block> ReadFrameFacts()
    {
        // Which marks what is no content.
        Extract();
        return FrameFacts.Of(root);
    }

    /// <summary>
    /// Hash of what a reader of the main content sees: the same for two versions of a page that differ
    /// in markup, in blanks or outside of the main content. 64 lower-case hexadecimal digits.
    /// </summary>
    public static string ContentHash(Extraction extraction) => ContentHasher.Hash(extraction);
}
