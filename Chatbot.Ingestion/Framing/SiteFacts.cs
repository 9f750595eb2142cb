using System.Text.Json;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Frames;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Core.Sites;
using Chatbot.Html;
using Chatbot.Ingestion.Extracting;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// Keeps the facts of a site's frame (address, telephone, e-mail, opening hours) as one document: what the start page has in
/// header and footer, and what the frame took off pages that says a fact or a whole sentence: nothing that can be told is
/// lost, it is told once.
/// </summary>
internal sealed class SiteFacts(Database database, DocumentStore documents, IDocumentArchive archive, Extractors extractors, IBlobStore blobs)
{
    // Languages and kinds of pages have frames of their own; beyond these it is a matter of single blocks.
    private const int MostPages = 6;

    /// <returns>What is to be done next: nothing, when the facts are what they were.</returns>
    public async Task<IReadOnlyList<Job>> RenewAsync(Site site, IReadOnlyList<PageFrame> pages, SiteFrame frame, CancellationToken cancellationToken)
    {
        var id = SiteFactsAddress.IdOf(site.Id);
        var known = await documents.FindAsync(id, cancellationToken);
        if (await ReadAsync(site, pages, frame, cancellationToken) is not { } facts)
        {
            if (known is null or { Status: DocumentStatus.Gone }) return [];
            await database.WriteAsync(transaction => documents.MarkGoneAsync(transaction, id, cancellationToken), cancellationToken);
            return [new DocumentGone(id).ToJob()];
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(facts, CoreJson.Default.Extraction);
        var hash = Ids.Hash(body);
        if (known is { Status: DocumentStatus.Indexed or DocumentStatus.Pending } && known.BlobHash == hash) return [];
        await blobs.PutAsync(body, cancellationToken);
        var seen = new DocumentSeen
        {
            Id = id,
            KnowledgeBaseId = site.KnowledgeBaseId,
            SiteId = site.Id,
            Url = SiteFactsAddress.Of(site.Id),
            Title = facts.Title,
            Language = facts.Language,
            ContentType = StoredExtractor.MediaType,
            BlobHash = hash,
            ContentHash = hash,
            Retry = true,
        };
        var document = await database.WriteAsync(transaction => documents.RecordAsync(transaction, seen, cancellationToken), cancellationToken);
        return [new DocumentChanged(document.Id, document.Version).ToJob()];
    }

    private async Task<Extraction?> ReadAsync(Site site, IReadOnlyList<PageFrame> pages, SiteFrame frame, CancellationToken cancellationToken)
    {
        var start = await archive.FindAsync(SiteFactsAddress.ArchiveKeyOf(site.Id), HtmlPage.ExtractorVersion, cancellationToken);
        var blocks = new List<Block>(start?.Blocks ?? []);
        Document? first = null;
        foreach (var page in await ChooseAsync(site, pages, frame, start, cancellationToken))
        {
            first ??= page;
            if (await ReadPageAsync(page, cancellationToken) is not { } read) continue;
            var left = FrameFilter.Apply(read.Blocks, frame, read.Language ?? "").ToHashSet(ReferenceEqualityComparer.Instance);
            blocks.AddRange(FrameFacts.Of([.. read.Blocks.Where(block => !left.Contains(block))], withSentences: true));
        }

        var distinct = blocks.DistinctBy(BlockHash.Of).ToList();
        if (distinct.TrueForAll(block => block.Kind == BlockKind.Heading)) return null;
        var language = start?.Language ?? first?.Language;
        return new Extraction
        {
            Title = FrameFacts.Of(distinct, withSentences: false).Count > 0 ? $"{SiteFactsAddress.TitleIn(language)} – {site.Name}" : site.Name,
            Language = language,
            Link = start?.Link ?? first?.Url,
            Blocks = distinct,
        };
    }

    // The start page, and as few others as have all of the frame.
    private async Task<IReadOnlyList<Document>> ChooseAsync(Site site, IReadOnlyList<PageFrame> pages, SiteFrame frame, Extraction? start, CancellationToken cancellationToken)
    {
        var chosen = new List<Document>();
        var missing = pages.SelectMany(page => page.Hashes.Where(hash => frame.ShareOf(page.Language, hash) != FrameShare.None)).ToHashSet();
        if (await documents.FindByUrlAsync(site.KnowledgeBaseId, start?.Link ?? site.Scope.StartUrls[0], cancellationToken) is { Status: not DocumentStatus.Gone } found)
        {
            chosen.Add(found);
            if (pages.FirstOrDefault(page => page.DocumentId == found.Id) is { } known) missing.ExceptWith(known.Hashes);
        }

        while (missing.Count > 0 && chosen.Count < MostPages)
        {
            var best = pages.MaxBy(page => (page.Hashes.Count(missing.Contains), page.DocumentId))!;
            missing.ExceptWith(best.Hashes);
            if (await documents.FindAsync(best.DocumentId, cancellationToken) is { } document) chosen.Add(document);
        }

        return chosen;
    }

    private async Task<Extraction?> ReadPageAsync(Document page, CancellationToken cancellationToken)
    {
        try
        {
            return page.BlobHash is null ? null : await extractors.FindAsync(page.BlobHash, new ExtractionSource(default, page.Url, page.ContentType), cancellationToken);
        }
        catch (ExtractionFailedException)
        {
            return null;
        }
    }
}
