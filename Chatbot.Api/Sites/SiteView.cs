using Chatbot.Backends.Crawling;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Sites;

namespace Chatbot.Api.Sites;

/// <summary>Puts together what the API shows of a site. Safe for concurrent use.</summary>
internal sealed class SiteView(KnowledgeBaseStore knowledgeBases, CrawlRunStore runs, ScheduleStore schedules)
{
    public async Task<SiteReply> OfAsync(Site site, CancellationToken cancellationToken)
    {
        var knowledgeBase = await knowledgeBases.FindAsync(site.KnowledgeBaseId, cancellationToken);
        var newest = await runs.ListAsync(site.Id, 1, cancellationToken);
        return SiteReply.From(site, knowledgeBase?.Name ?? site.KnowledgeBaseId, newest.Count > 0 ? newest[0] : null, site.Schedule is null ? null : await schedules.FindNextAsync(site.Id, cancellationToken));
    }
}
