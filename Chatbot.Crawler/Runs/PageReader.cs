using Chatbot.Backends.Crawling;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Crawler.ErrorPages;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Likeness;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Urls;
using Chatbot.Html;

namespace Chatbot.Crawler.Runs;

/// <summary>Reads what was fetched: text and links in one pass, and stores both the bytes and the text. Safe for concurrent use.</summary>
internal sealed class PageReader(IBlobStore blobs, IDocumentArchive archive, LinkSorter links, PageRendering rendering, SoftNotFound softNotFound, PagePictures pictures)
    : IDisposable
{
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    // A parsed page is some thirty times its size, and a processor works on one at a time: more of them only wait in memory.
    private readonly SemaphoreSlim _parsing = new(Environment.ProcessorCount);

    public void Dispose() => _parsing.Dispose();

    public async Task<PageOutcome> ReadAsync(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        CrawlerTelemetry.Bytes.Add(fetched.Body.Length);
        var header = RobotsDirectives.FromHeader(fetched.RobotsTags, CrawlerOptions.Agent);
        var outcome = await ReadCoreAsync(run, page, fetched, header, cancellationToken);
        return outcome with { ContentType = fetched.ContentType, Bytes = fetched.Body.Length };
    }

    /// <summary>A page that did not change still leads where it led.</summary>
    public PageOutcome ReadSame(RunContext run, LeasedUrl page, FetchResult.NotModified same) =>
        ReadSame(run, page, RobotsDirectives.FromHeader(same.RobotsTags, CrawlerOptions.Agent));

    private PageOutcome ReadSame(RunContext run, LeasedUrl page, RobotsDirectives header)
    {
        var found = header.NoFollow ? [] : links.Judge(run, page, PageLinks.FromJson(page.Links));
        found = run.Chains.Cut(page, run.Chains.Note(page, words: null), found);
        if (header.NoIndex)
            return NoIndex(page, "X-Robots-Tag", found);

        return new PageOutcome.Same(page) { Found = found };
    }

    private async Task<PageOutcome> ReadCoreAsync(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, RobotsDirectives header, CancellationToken cancellationToken)
    {
        var isRead = run.Scope.Reads(FileTypes.KindOf(fetched.Kind));
        if (!isRead && fetched.Kind != ContentKind.Html)
            return Unread(page, fetched.Kind, []);

        var blobHash = Ids.Hash(fetched.Body.Span);
        // Byte for byte what it was: nothing to read. Only for documents: for others their links to other pages count.
        if (isRead && page.DocumentId is not null && page.BlobHash == blobHash && PageRendering.IsSettledBySameBytes(run.Site, page))
        {
            var unchanged = ReadSame(run, page, header);
            return unchanged is PageOutcome.Same same ? same with { ETag = fetched.ETag, LastModified = fetched.LastModified } : unchanged;
        }

        if (fetched.Kind != ContentKind.Html)
        {
            if (header.NoIndex)
                return NoIndex(page, "X-Robots-Tag", []);

            await blobs.PutAsync(fetched.Body, cancellationToken);
            return new PageOutcome.Content(page, blobHash, blobHash, null, IsStored: true)
            {
                ETag = fetched.ETag,
                LastModified = fetched.LastModified,
                Rendered = false,
                Canonical = Canonical(run, page, LinkHeader.Read(fetched.Links, new Uri(page.Url)).Canonical),
            };
        }

        var read = await ParseAsync(run, page, fetched, header, cancellationToken);
        if (!isRead && read.Digest is { } links)
            return Unread(page, fetched.Kind, links.Found);

        return read.Digest is { } digest ? await KeepAsync(run, page, fetched, digest, cancellationToken) : read.Outcome!;
    }

    private async Task<(PageDigest? Digest, PageOutcome? Outcome)> ParseAsync(
        RunContext run, LeasedUrl page, FetchResult.Fetched fetched, RobotsDirectives header, CancellationToken cancellationToken)
    {
        await _parsing.WaitAsync(cancellationToken);
        var isParsing = true;
        try
        {
            HtmlPage html;
            try
            {
                html = HtmlPage.Parse(fetched.Body, fetched.Charset, new Uri(page.Url), cancellationToken);
            }
            catch (NotHtmlException error)
            {
                return (null, new PageOutcome.Skip(page, PageReasons.Binary, error.Message));
            }

            // What browsers do at once, and what they do with a page that has nothing else.
            if (html.Refresh is { } refresh && run.Scope.Normalize(refresh.Url) is { } target && target != page.Url
                && (refresh.Delay <= s_atOnce || (refresh.Delay <= s_soon && html.Extract().Blocks.Sum(b => b.Text.Length) < RenderJudge.Thin)))
                return (null, links.Redirect(run, page, target));

            // Not rendered for nothing: a page that does not want to be read, says so before its scripts run.
            var asFetched = header.And(html.RobotsFor(CrawlerOptions.Agent));
            var rendered = asFetched.NoIndex ? Task.FromResult<ReadPage>(new ReadPage.Page(html, fetched.Body, false, null)) : rendering.ReadAsync(run, page, fetched, html, cancellationToken);
            if (!rendered.IsCompleted)
            {
                // The browser takes seconds; others are read meanwhile.
                _parsing.Release();
                isParsing = false;
            }

            return await rendered switch
            {
                ReadPage.Page seen => (Digest(run, page, fetched, header, asFetched, seen), null),
                ReadPage.Redirect(var location) => (null, links.Redirect(run, page, location)),
                ReadPage.Failed(var reason, var detail) => (null, new PageOutcome.Fail(page, reason, detail)),
                var other => throw new System.Diagnostics.UnreachableException($"Unhandled {other}"),
            };
        }
        finally
        {
            if (isParsing)
                _parsing.Release();
        }
    }

    /// <summary>All that is wanted of a parsed page: its tree is many times its size, and would otherwise wait for the disk with it.</summary>
    private PageDigest Digest(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, RobotsDirectives header, RobotsDirectives asFetched, ReadPage.Page seen)
    {
        var html = seen.Html;
        var directives = asFetched.And(html.RobotsFor(CrawlerOptions.Agent));
        var named = LinkHeader.Read(fetched.Links, new Uri(page.Url));
        var all = directives.NoFollow ? [] : LinkSorter.OfSite(run, html.Links.Where(l => !l.NoFollow).Select(l => l.Url).Concat(named.Alternates));
        var found = links.Judge(run, page, all);
        run.Feeds.Offer(html.Feeds, page.Url, page.Depth);
        return new PageDigest(all, found, seen.Body, seen.IsRendered, seen.Note)
        {
            Refused = !directives.NoIndex ? null : header.NoIndex ? "X-Robots-Tag" : "meta robots",
            Extraction = directives.NoIndex ? null : html.Extract(),
            Canonical = directives.NoIndex ? null : Canonical(run, page, html.CanonicalUrl ?? named.Canonical),
            FrameFacts = page.Depth == 0 && !directives.NoIndex ? html.ReadFrameFacts() : null,
        };
    }

    private async Task<PageOutcome> KeepAsync(RunContext run, LeasedUrl page, FetchResult.Fetched fetched, PageDigest read, CancellationToken cancellationToken)
    {
        if (read.Extraction is not { } extraction)
            return NoIndex(page, read.Refused!, read.Found);

        var contentHash = HtmlPage.ContentHash(extraction);
        // Another picture under the same address is another content.
        if (await pictures.KeepAsync(run, page, extraction, cancellationToken) is { Count: > 0 } kept)
            contentHash = Ids.Hash($"{contentHash} {string.Join(' ', kept)}");
        var blobHash = Ids.Hash(read.Body.Span);
        var isKnown = page.DocumentId is not null && page.ContentHash == contentHash;
        if (!isKnown && await softNotFound.ExplainAsync(run, page, extraction, read.IsRendered == true, cancellationToken) is { } nothing)
            return new PageOutcome.Gone(page, PageReasons.SoftNotFound, nothing) { Rendered = read.IsRendered };

        if (read.FrameFacts is { } facts)
            await KeepFrameFactsAsync(run, page, facts, extraction, cancellationToken);
        var words = PageWords.Of(extraction);
        var recurrence = run.Chains.Note(page, words);
        if (!isKnown)
        {
            // Before the page is recorded: whoever hears of it finds both.
            await blobs.PutAsync(read.Body, cancellationToken);
            await archive.KeepAsync(blobHash, HtmlPage.ExtractorVersion, extraction, cancellationToken);
        }

        return new PageOutcome.Content(page, blobHash, contentHash, PageLinks.ToJson(read.Links), IsStored: !isKnown)
        {
            Title = extraction.Title,
            Language = extraction.Language,
            // They vouch for the bytes, not for what scripts make of them.
            ETag = read.IsRendered == true ? null : fetched.ETag,
            LastModified = read.IsRendered == true ? null : fetched.LastModified,
            Rendered = read.IsRendered,
            Note = read.Note,
            Canonical = read.Canonical,
            Found = run.Chains.Cut(page, recurrence, read.Found),
            Recurrence = recurrence,
            Sketch = PageSketch.Of(extraction, words),
        };
    }

    // Also of a page that did not change: a new telephone number in its footer is no other content.
    private async Task KeepFrameFactsAsync(RunContext run, LeasedUrl page, IReadOnlyList<Block> blocks, Extraction extraction, CancellationToken cancellationToken)
    {
        if (run.Site.Scope.StartUrls is not [var first, ..] starts || (starts.Count > 1 && run.Scope.Normalize(first) != page.Url))
            return;

        var facts = new Extraction { Language = extraction.Language, Link = page.Url, Blocks = blocks };
        await archive.KeepAsync(SiteFactsAddress.ArchiveKeyOf(run.Site.Id), HtmlPage.ExtractorVersion, facts, cancellationToken);
    }

    private Candidate? Canonical(RunContext run, LeasedUrl page, string? url)
    {
        if (url is null || run.Scope.Normalize(url) is not { } canonical || canonical == page.Url)
            return null;

        // Another site's page, or one that must not be fetched, cannot stand for this one.
        var candidate = links.Judge(run, canonical, page.Depth, page.Url);
        return candidate.Verdict.IsIn ? candidate : null;
    }

    // What a page leads to may be what the site is read for.
    private static PageOutcome.Skip Unread(LeasedUrl page, ContentKind kind, IReadOnlyList<Candidate> found) =>
        new(page, PageReasons.FileType, ScopeRules.UnreadDetail(FileTypes.KindOf(kind))) { Found = found };

    private static PageOutcome.Skip NoIndex(LeasedUrl page, string where, IReadOnlyList<Candidate> found) =>
        new(page, PageReasons.NoIndex, $"noindex by {where}") { Found = found };

    /// <param name="Links">Of the site, all of them.</param>
    /// <param name="Found">Those that the run may not know.</param>
    private sealed record PageDigest(List<string> Links, IReadOnlyList<Candidate> Found, ReadOnlyMemory<byte> Body, bool? IsRendered, string? Note)
    {
        /// <summary>What says that it is not to be indexed; null when nothing does.</summary>
        public string? Refused { get; init; }

        /// <summary>Null when it is refused.</summary>
        public Extraction? Extraction { get; init; }

        public Candidate? Canonical { get; init; }

        /// <summary>Of a start page; null for all others.</summary>
        public IReadOnlyList<Block>? FrameFacts { get; init; }
    }
}
