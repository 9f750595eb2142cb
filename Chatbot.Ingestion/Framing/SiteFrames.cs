using System.Collections.Concurrent;
using Chatbot.Backends.Frames;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// The frames of sites as pages come. The first page of a site that nothing is known of waits for <see cref="FirstPages"/>; a
/// guess is made after 16 pages and anew whenever there are twice as many; when a run has ended,
/// <see cref="FrameSettler"/> makes it exact. Safe for concurrent use.
/// </summary>
internal sealed class SiteFrames(FrameStore store, FirstPages firstPages)
{
    private const int FirstGuess = 16;

    // Sites at work at once in one process; their frames are a few kilobytes each.
    private const int MostKnown = 200;

    private readonly ConcurrentDictionary<string, (long Version, SiteFrame Frame)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    // By site: of how many pages the guess before the first page was made, 0 for none.
    private readonly ConcurrentDictionary<string, Lazy<Task<int>>> first = new(StringComparer.Ordinal);

    /// <summary>Takes the frame of its site off a page.</summary>
    /// <returns>What is left, and what to note of the page.</returns>
    public async Task<(IReadOnlyList<Block> Blocks, PageFrame Page)> ApplyAsync(Document document, Extraction extraction, CancellationToken cancellationToken)
    {
        var frame = await FindAsync(document.SiteId!, cancellationToken);
        var language = extraction.Language ?? "";
        var hashes = BlockHash.OfPage(extraction.Blocks);
        return (FrameFilter.Apply(extraction.Blocks, frame, language), new PageFrame(document.Id, document.SiteId!, language, hashes, frame.NameFor(language, hashes)));
    }

    /// <summary>A page of a site was indexed.</summary>
    public async Task NoteAsync(string siteId, CancellationToken cancellationToken)
    {
        var count = counts.AddOrUpdate(siteId, 1, (_, before) => before + 1);
        // A guess from fewer pages than the one before is none.
        if (count >= FirstGuess && int.IsPow2(count) && count > await FirstGuessAsync(siteId)) await LearnAsync(siteId, await store.ListAsync(siteId, cancellationToken), cancellationToken);
    }

    /// <summary>Makes the frame what follows from these pages.</summary>
    public async Task<SiteFrame> LearnAsync(string siteId, IReadOnlyList<PageFrame> pages, CancellationToken cancellationToken)
    {
        var frame = SiteFrame.Learn(pages);
        var version = await store.KeepAsync(siteId, frame.ToString(), cancellationToken);
        Remember(siteId, version, frame);
        return frame;
    }

    private async Task<SiteFrame> FindAsync(string siteId, CancellationToken cancellationToken)
    {
        // Another process may have learned more.
        var version = await store.GetVersionAsync(siteId, cancellationToken);
        if (version == 0)
        {
            await GuessFirstAsync(siteId, cancellationToken);
            version = await store.GetVersionAsync(siteId, cancellationToken);
        }

        if (version == 0) return SiteFrame.None;
        if (known.TryGetValue(siteId, out var found) && found.Version == version) return found.Frame;
        if (await store.FindAsync(siteId, cancellationToken) is not { } kept) return SiteFrame.None;
        var frame = SiteFrame.Parse(kept.Body);
        Remember(siteId, kept.Version, frame);
        return frame;
    }

    // Once for all pages that are at work: they wait for the same.
    private async Task GuessFirstAsync(string siteId, CancellationToken cancellationToken)
    {
        var guess = first.GetOrAdd(siteId, id => new Lazy<Task<int>>(async () =>
        {
            var pages = await firstPages.GetAsync(id, cancellationToken);
            if (pages.Count > 0) await LearnAsync(id, pages, cancellationToken);
            return pages.Count;
        }));
        try
        {
            await guess.Value.WaitAsync(cancellationToken);
        }
        catch
        {
            first.TryRemove(new(siteId, guess));
            throw;
        }
    }

    private async Task<int> FirstGuessAsync(string siteId) => first.TryGetValue(siteId, out var guess) ? await guess.Value : 0;

    private void Remember(string siteId, long version, SiteFrame frame)
    {
        if (known.Count >= MostKnown) known.Clear();
        if (counts.Count >= MostKnown) counts.Clear();
        if (first.Count >= MostKnown) first.Clear();
        known[siteId] = (version, frame);
    }
}
