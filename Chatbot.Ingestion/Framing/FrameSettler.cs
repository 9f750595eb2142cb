using Chatbot.Backends.Documents;
using Chatbot.Backends.Frames;
using Chatbot.Backends.Sites;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Microsoft.Extensions.Logging;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// At the end of a run: learns a site's frame from all of its pages, has those indexed again that another frame was taken
/// off, and renews the document with the frame's facts. Doing it twice does no harm. Safe for concurrent use.
/// </summary>
internal sealed partial class FrameSettler(
    FrameStore store, SiteFrames frames, SiteFacts facts, DocumentStore documents, SiteStore sites, TimeProvider clock, ILogger<FrameSettler> logger)
{
    // The run is announced just before it is closed, and its last documents may be at work elsewhere.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10);
    private const int Looks = 7;

    // Of a run that goes on all the same, or documents that no one takes: later, and in the end as things are.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);
    private const int MostRounds = 300;

    /// <returns>What is to be done next.</returns>
    public async Task<IReadOnlyList<Job>> SettleAsync(SiteFrameDue due, CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(due.SiteId, cancellationToken) is not { } site) return [];
        if (!await IsStillAsync(site.Id, cancellationToken) && due.Round < MostRounds)
            return [new SiteFrameDue(due.SiteId, due.Round + 1).ToJob() with { NotBefore = clock.GetUtcNow() + Later }];

        var pages = await store.ListAsync(site.Id, cancellationToken);
        var frame = await frames.LearnAsync(site.Id, pages, cancellationToken);
        var others = pages.Where(page => page.Applied != frame.NameFor(page.Language, page.Hashes)).Select(page => page.DocumentId).ToList();
        var again = await documents.RenewAsync(others, cancellationToken);
        if (again.Count > 0) LogChanged(site.Name, again.Count);
        return [.. again.Select(document => new DocumentChanged(document.Id, document.Version).ToJob()), .. await facts.RenewAsync(site, pages, frame, cancellationToken)];
    }

    private async Task<bool> IsStillAsync(string siteId, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Looks; i++)
        {
            if (!await store.IsBusyAsync(siteId, cancellationToken)) return true;
            await Task.Delay(FirstLook * (1 << i), clock, cancellationToken);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Information, "{Pages} pages of {Site} are indexed again: what stands on all of its pages has changed")]
    private partial void LogChanged(string site, int pages);
}
