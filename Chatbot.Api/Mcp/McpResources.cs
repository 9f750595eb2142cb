using System.ComponentModel;
using System.Text;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Backends.Documents;
using Chatbot.Core.Chunks;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Chatbot.Api.Mcp;

/// <summary>Documents that passages came from, as they are searched. Whoever may ask may read what answers quote from. Safe for concurrent use.</summary>
[McpServerResourceType]
internal sealed class McpResources(DocumentStore documents, IChunkIndex index)
{
    // Some 50,000 tokens: more than most assistants read at once.
    private const int LongestText = 200_000;

    [McpServerResource(UriTemplate = "document://{id}", Name = "document", Title = "A document", MimeType = "text/plain")]
    [Description("The text of a document, by the documentId of a passage.")]
    public async Task<string> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out _) || await documents.FindAsync(id, cancellationToken) is not { } document)
            throw new McpException("There is no such document; it may have been deleted.");
        // Here a model reads them, and it may be one that does what a page tells it.
        var chunks = PassageDefuser.Defuse(await index.GetDocumentAsync(document.KnowledgeBaseId, id, cancellationToken));
        var title = chunks.Count > 0 ? chunks[0].Title : document.Title;
        var text = new StringBuilder($"{title ?? document.Url}\n{document.Url}\n");
        var heading = "";
        foreach (var chunk in chunks)
        {
            var headings = string.Join(" > ", chunk.HeadingPath);
            text.Append('\n');
            if (headings != heading && headings.Length > 0) text.Append(headings).Append("\n\n");
            heading = headings;
            text.Append(chunk.Text).Append('\n');
            if (text.Length < LongestText) continue;
            text.Length = LongestText;
            text.Append("\n[The document goes on.]");
            break;
        }

        return text.ToString();
    }
}
