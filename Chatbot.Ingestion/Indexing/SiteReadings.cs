using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core.Documents;
using Chatbot.Core.Sites;

namespace Chatbot.Ingestion.Indexing;

/// <summary>Tells how pictures of text in a document are read: as its site says, else in the languages of its knowledge base. Safe for concurrent use.</summary>
internal sealed class SiteReadings(SiteStore sites, KnowledgeBaseStore knowledgeBases)
{
    private static readonly SiteReading Default = new();

    public async Task<SiteReading> OfAsync(Document document, CancellationToken cancellationToken)
    {
        // The others have no pictures of text.
        if (document.ContentType is not { } type || !(type.Contains("pdf", StringComparison.OrdinalIgnoreCase) || type.Contains("html", StringComparison.OrdinalIgnoreCase))) return Default;
        var reading = document.SiteId is { } site ? (await sites.FindAsync(site, cancellationToken))?.Reading ?? Default : Default;
        if (reading.Languages.Count > 0 || (!reading.Images && !type.Contains("pdf", StringComparison.OrdinalIgnoreCase))) return reading;
        return (await knowledgeBases.FindAsync(document.KnowledgeBaseId, cancellationToken))?.Settings.Languages is { Count: > 0 } languages ? reading with { Languages = languages } : reading;
    }
}
