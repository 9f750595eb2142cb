using Chatbot.Backends.Sites;
using Chatbot.Core.Sites;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Access;

/// <summary>Opens the session of a site for a run. Safe for concurrent use.</summary>
internal sealed class SiteSessions(SiteAccessStore store, IOptions<CrawlerOptions> options, TimeProvider time)
{
    /// <summary>Opens one with an access that need not be stored.</summary>
    public SiteSession Open(Site site, SiteAccess access) => new(site, access, options.Value, time);

    /// <returns>Null when the site needs none: it shares the connections of all such sites.</returns>
    /// <exception cref="ArgumentException">What is stored cannot be used; the message says why.</exception>
    public async Task<SiteSession?> OpenAsync(Site site, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(site.Id, cancellationToken) is { } access ? new SiteSession(site, access, options.Value, time) : null;
        }
        catch (Backends.StorageException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }
}
