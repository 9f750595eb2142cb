using System.Text.Json;
using Chatbot.Core;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads what was put together here as structure in the first place.</summary>
internal sealed class StoredExtractor : IExtractor
{
    public const string MediaType = "application/vnd.chatbot.extraction+json";

    public string Version => "stored/1";

    public bool Handles(ExtractionSource source) => source.MediaType == MediaType;

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) => Task.FromResult(
        JsonSerializer.Deserialize(source.Bytes.Span, CoreJson.Default.Extraction) ?? throw new ExtractionFailedException("The document is empty."));
}
