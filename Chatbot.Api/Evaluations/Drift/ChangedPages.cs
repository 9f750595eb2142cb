using Chatbot.Backends.Documents;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Faqs;
using Chatbot.Backends.Routing;
using Chatbot.Core.Documents;

namespace Chatbot.Api.Evaluations.Drift;

/// <summary>Tells of pages whether they changed, and of entries whether their source did. Safe for concurrent use.</summary>
internal sealed class ChangedPages(DocumentStore documents, FaqStore faqs, ExampleStore examples, DriftStore drift)
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

    /// <summary>Questions with their answers, and examples, whose link leads to a page that changed, or went, after they were written or confirmed.</summary>
    public async Task<IReadOnlyList<SourceReview>> ReviewsAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var confirmed = await drift.GetConfirmationsAsync(cancellationToken);
        var written = (await faqs.ListAsync(new FaqFilter { KnowledgeBaseId = knowledgeBaseId, Limit = int.MaxValue }, cancellationToken))
            .Select(entry => (Kind: SourceKind.Faq, entry.Id, Title: entry.Content.Question, entry.Content.Link, entry.UpdatedAt))
            .Concat((await examples.ListAsync(new ExampleFilter { KnowledgeBaseId = knowledgeBaseId, Limit = int.MaxValue }, cancellationToken))
                .Select(example => (Kind: SourceKind.Example, example.Id, Title: example.Text, example.Link, example.UpdatedAt)));
        var pages = new Dictionary<string, Document?>(StringComparer.Ordinal);
        var reviews = new List<SourceReview>();
        foreach (var (kind, id, title, link, updatedAt) in written)
        {
            if (link is null) continue;
            var url = Uri.TryCreate(link.Split('#')[0], UriKind.Absolute, out var parsed) ? parsed.AbsoluteUri : link;
            // Many examples of one intent are about the same page.
            if (!pages.TryGetValue(url, out var page)) pages[url] = page = await documents.FindByUrlAsync(knowledgeBaseId, url, cancellationToken);
            if (page is null) continue;
            var looked = confirmed.TryGetValue(id, out var at) && at > updatedAt ? at : updatedAt;
            if (page.ChangedAt > looked) reviews.Add(new(kind, id, title, url, page.ChangedAt, page.Status == DocumentStatus.Gone));
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
