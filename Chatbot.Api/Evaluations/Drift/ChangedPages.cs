using Chatbot.Backends.Documents;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Faqs;
using Chatbot.Core.Documents;

namespace Chatbot.Api.Evaluations.Drift;

/// <summary>Tells of pages whether they changed, and of entries whether their source did. Safe for concurrent use.</summary>
internal sealed class ChangedPages(DocumentStore documents, FaqStore faqs, DriftStore drift)
{
    /// <returns>Those of the URLs whose page changed, came or went since a time.</returns>
    public async Task<IReadOnlyList<string>> SinceAsync(string knowledgeBaseId, IEnumerable<string> urls, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        foreach (var url in urls)
        {
            if (changed.Count >= most) break;
            if (await documents.FindByUrlAsync(knowledgeBaseId, url, cancellationToken) is { } document && document.ChangedAt >= since) changed.Add(url);
        }

        return changed;
    }

    /// <summary>Questions with their answers whose link leads to a page that changed, or went, after they were written or confirmed.</summary>
    public async Task<IReadOnlyList<SourceReview>> ReviewsAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var confirmed = await drift.GetConfirmationsAsync(cancellationToken);
        var reviews = new List<SourceReview>();
        foreach (var entry in await faqs.ListAsync(new FaqFilter { KnowledgeBaseId = knowledgeBaseId, Limit = int.MaxValue }, cancellationToken))
        {
            if (entry.Content.Link is not { } link) continue;
            var url = Uri.TryCreate(link.Split('#')[0], UriKind.Absolute, out var parsed) ? parsed.AbsoluteUri : link;
            if (await documents.FindByUrlAsync(knowledgeBaseId, url, cancellationToken) is not { } document) continue;
            var looked = confirmed.TryGetValue(entry.Id, out var at) && at > entry.UpdatedAt ? at : entry.UpdatedAt;
            if (document.ChangedAt > looked) reviews.Add(new(SourceKind.Faq, entry.Id, entry.Content.Question, url, document.ChangedAt, document.Status == DocumentStatus.Gone));
        }

        return [.. reviews.OrderByDescending(review => review.ChangedAt)];
    }
}

/// <summary>Something an editor wrote whose source changed since.</summary>
/// <param name="Url">The source.</param>
/// <param name="IsGone">It is not there any more.</param>
public sealed record SourceReview(SourceKind Kind, string Id, string Title, string Url, DateTimeOffset ChangedAt, bool IsGone);

/// <summary>What an editor wrote.</summary>
public enum SourceKind
{
    Faq,
    Example,
}
