using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core.Documents;
using Chatbot.Core.Sites;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Extracting.Ocr;
using Chatbot.Ingestion.Extracting.Office;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>
/// Tells how pictures of text in a document are read: as its site says, an upload as is configured; in the languages of its
/// site, else in those of its knowledge base. Safe for concurrent use.
/// </summary>
internal sealed class SiteReadings(SiteStore sites, KnowledgeBaseStore knowledgeBases, IOptions<OcrOptions> options)
{
    private static readonly SiteReading Default = new();

    public async Task<SiteReading> OfAsync(Document document, CancellationToken cancellationToken)
    {
        var isPdf = Is(document, "pdf");
        // The others have no pictures of text.
        if (!isPdf && !Is(document, "html") && !IsOffice(document)) return Default;
        var reading = document.SiteId is { } site ? (await sites.FindAsync(site, cancellationToken))?.Reading ?? Default : Default with { Images = options.Value.ImagesOfUploads };
        if (reading.Languages.Count > 0 || (!reading.Images && !isPdf)) return reading;
        return (await knowledgeBases.FindAsync(document.KnowledgeBaseId, cancellationToken))?.Settings.Languages is { Count: > 0 } languages ? reading with { Languages = languages } : reading;
    }

    private static bool Is(Document document, string type) => document.ContentType?.Contains(type, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsOffice(Document document)
    {
        var source = new ExtractionSource(default, UploadAddress.NameOf(document.Url) ?? document.Url, document.ContentType);
        return OfficeFile.Word.Is(source) || OfficeFile.Slides.Is(source) || OfficeFile.OpenText.Is(source);
    }
}
